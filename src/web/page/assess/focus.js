// @ts-check
/** Reading goes on where something new begins. */

/** @param {HTMLElement} host */
export function focusHeading(host) {
  const heading = host.querySelector('[data-focus]') ?? host.querySelector('h1')
  if (heading instanceof HTMLElement) heading.focus({ preventScroll: true })
}
