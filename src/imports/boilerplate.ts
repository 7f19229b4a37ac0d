/** What stands around an article on a page, or was copied along with it: none of it is what the document says. */

/** Headings over something else than the document's content; what stands below them goes as well. */
const FOREIGN_SECTION =
  /^(?:about (?:the |this )?authors?|(?:written|posted) by(?: .*)?|(?:\d+ )?comments?(?: \(\d+\))?|leave a (?:comment|reply)|post a comment|join the (?:conversation|discussion)|related(?: (?:posts?|articles?|content|reading|stories))?|you (?:may|might) also (?:like|enjoy)|(?:more|recent|popular|latest|similar|recommended) (?:posts?|articles?|stories|reading)|more from .{1,60}|share(?: (?:this|on|via)(?: .{1,40})?)?|follow us(?: .{1,40})?|subscribe(?: (?:now|here|today|(?:to|for) (?:(?:our|the|my|this) )?(?:newsletter|blog|updates|mailing list|feed|rss)\b.{0,40}))?|(?:join|sign up (?:for|to)) (?:our|the) (?:newsletter|mailing list).*|newsletter|stay (?:updated|informed|in the loop|connected)|get (?:updates|the latest)(?: .{1,40})?|cookie (?:policy|settings|preferences|consent|notice)|(?:your )?privacy (?:settings|preferences|choices)|we (?:value|respect) your privacy)$/i

/** Signs of navigation: the line itself goes, and a list of links right below it. */
const SIGN =
  /^(?:(?:blog )?(?:categories|tags?)|(?:table of )?contents|toc|on this page|in this (?:article|post|page)|skip to (?:main )?content|search|menu|home|navigation|previous(?: (?:post|article|page))?|next(?: (?:post|article|page))?|back to (?:top|blog|all posts)|read (?:more|next)|learn more|log ?in|sign (?:in|up)|print(?: this page)?|edit this page(?: .*)?|copy link|share|tweet|\d+ min(?:ute)?s?(?: read)?|(?:last )?(?:updated|published|posted)(?: on)?:? .{4,30})$/i

/** Sentences of a page about itself. */
const ABOUT_THE_PAGE =
  /\b(?:we|this (?:web ?)?site|our partners)(?: and our partners)? uses? cookies\b|\bby (?:continuing|using this (?:web ?)?site)\b.{0,60}\bcookies\b|\b(?:accept|reject) (?:all )?cookies\b|\bsubscribe to (?:our|the) (?:newsletter|blog|mailing list)\b|\bsign up (?:for|to) (?:our|the) newsletter\b|^share (?:this|on|via)\b|^follow us on\b|\byour email address will not be published\b|^(?:©|copyright\b).{0,80}$|\ball rights reserved\.?$/i
const MAX_WORDS_ABOUT_THE_PAGE = 60

export const isForeignSection = (heading: string): boolean => FOREIGN_SECTION.test(plain(heading))
export const isSign = (line: string): boolean => SIGN.test(plain(line))
export const isAboutThePage = (text: string): boolean => text.split(/\s+/).length <= MAX_WORDS_ABOUT_THE_PAGE && ABOUT_THE_PAGE.test(text)

function plain(line: string): string {
  return line
    .replace(/[:…!.]+$/, '')
    .replace(/[’]/g, "'")
    .trim()
}
