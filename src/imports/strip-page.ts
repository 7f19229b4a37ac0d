/** Takes out of a page what is not its article: navigation, banners, forms, share buttons, and what is hidden. */
import type { DomDocument, DomElement } from './dom.ts'

const NEVER_CONTENT = [
  'script,style,noscript,template,iframe,object,embed,svg,canvas,audio,video,img,button,input,select,textarea,form,dialog',
  'nav,aside,footer,menu,[hidden],[aria-hidden="true"],[aria-modal="true"]',
  '[role="navigation"],[role="banner"],[role="contentinfo"],[role="complementary"],[role="search"],[role="dialog"],[role="alertdialog"],[role="menu"]',
  'a.anchor,a.headerlink,a.anchorjs-link,a.hash-link,a.heading-anchor',
].join(',')

/** Words in the classes of elements around an article. */
const AROUND =
  /(?:^|[\s_-])(?:cookies?|consent|gdpr|shar(?:e|ing)|social|related|recommend(?:ed|ations)|newsletter|subscri(?:be|ption)|signup|comments?|respond|disqus|breadcrumbs?|sidebar|byline|(?:post|entry|article)-meta|author-(?:box|bio|info|card)|about-author|pagination|pager|nav(?:bar|igation)?|menu|toc|table-of-contents|advert(?:isement)?|ads?|promo|popup|modal|cta|skip-link|footer|reading-time)(?=$|[\s_-])/i
/** An id is often a heading's name ("social"), so that only unmistakable ones count. */
const AROUND_BY_ID =
  /^(?:comments|respond|disqus_thread|cookie[\w-]*|[\w-]*consent[\w-]*|newsletter[\w-]*|share-[\w-]+|related-(?:posts|articles)|site-footer|sidebar|breadcrumbs?)$/i
/** An element with most of the text is the article, whatever it is called. */
const MOST = 0.5

export function stripPage(document: DomDocument): void {
  for (const element of [...document.querySelectorAll(NEVER_CONTENT)]) element.remove()
  for (const element of [...document.querySelectorAll('[style]')]) {
    if (/display:\s*none|visibility:\s*hidden/i.test(element.getAttribute('style') ?? '')) element.remove()
  }
  const enough = lengthOf(document.body) * MOST
  for (const element of [...document.querySelectorAll('body [class], body [id]')]) {
    if (/^(?:h[1-6]|main|article)$/.test(element.localName) || !isAround(element)) continue
    if (lengthOf(element) <= enough) element.remove()
  }
}

function isAround(element: DomElement): boolean {
  return AROUND.test(element.getAttribute('class') ?? '') || AROUND_BY_ID.test(element.getAttribute('id') ?? '')
}

export function lengthOf(element: DomElement): number {
  return (element.textContent ?? '').replace(/\s+/g, ' ').length
}
