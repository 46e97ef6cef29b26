// Runs in the page, for whole.ts: puts its two questions into the page's global scope.
/* global document, innerWidth, innerHeight, getComputedStyle, requestAnimationFrame */
globalThis.findCutOff = async function () {
  const faults = []
  const letters = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const nameOf = (el) =>
    `<${el.tagName.toLowerCase()} ${el.dataset.testid ?? el.className?.toString() ?? ''}> “${el.textContent.trim().slice(0, 40)}”`
  const isSeen = (el) =>
    el.checkVisibility({ checkVisibilityCSS: true }) && el.closest('.visually-hidden, [inert]') === null
  // The inspector over a narrow window is closed by its own button.
  const isUnderDrawer = (el, over) =>
    over.closest('.inspector') !== null && el.closest('.inspector') === null && innerWidth <= 48 * letters
  const clips = (el) => getComputedStyle(el).overflow !== 'visible'
  const dialog = document.querySelector('[role=dialog]')
  const root = dialog ?? document.body

  /** Scrolls each region around an element until that is inside, as a wheel does; `scrollIntoView` misjudges sticky ones. */
  function reveal(el) {
    for (let up = el.parentElement; up !== null; up = up.parentElement) {
      const isWindow = up === document.documentElement
      const { overflowX, overflowY } = getComputedStyle(up)
      if (!isWindow && !/auto|scroll/.test(overflowX + overflowY)) continue
      const at = isWindow
        ? { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
        : up.getBoundingClientRect()
      const head = Number.parseFloat(getComputedStyle(up).scrollPaddingTop) || 0
      const box = el.getBoundingClientRect()
      if (box.bottom > at.bottom) up.scrollTop += Math.min(box.bottom - at.bottom, box.top - at.top - head)
      else if (box.top < at.top + head) up.scrollTop -= at.top + head - box.top
      if (box.right > at.right) up.scrollLeft += box.right - at.right
      else if (box.left < at.left) up.scrollLeft -= at.left - box.left
    }
  }

  function faultOf(el) {
    reveal(el)
    const box = el.getBoundingClientRect()
    const boxes = [{ left: 0, top: 0, right: innerWidth, bottom: innerHeight, of: 'the window' }]
    for (let up = el.parentElement; up !== null && up !== document.body; up = up.parentElement) {
      const { left, top, right, bottom } = up.getBoundingClientRect()
      if (clips(up)) boxes.push({ left, top, right, bottom, of: nameOf(up) })
    }
    // Higher than what a sticky head leaves: it is read by scrolling.
    const room = Math.min(...boxes.map(({ top, bottom }) => bottom - top)) - 4 * letters
    for (const { left, top, right, bottom, of } of boxes) {
      const isWide = box.left < left - 1 || box.right > right + 1
      const isHigh = box.height <= room && (box.top < top - 1 || box.bottom > bottom + 1)
      if (isWide || isHigh) return `${nameOf(el)} is cut off by ${of}`
    }
    const middle = box.top + Math.min(box.height, room) / 2
    const over = document.elementFromPoint((box.left + box.right) / 2, middle)
    const isItself = over === null || el.contains(over) || over.contains(el) || over.closest('label') !== null
    return isItself || isUnderDrawer(el, over) ? null : `${nameOf(el)} is covered by ${nameOf(over)}`
  }

  const toPress =
    'button, a[href], input, select, summary, [role=option], [role=row][tabindex], [tabindex="0"]'
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  for (const el of root.querySelectorAll(toPress)) {
    if (!isSeen(el)) continue
    let fault = faultOf(el)
    // What was skipped while out of sight has its true size only once it was drawn.
    for (let more = 0; more < 3 && fault !== null; more++) {
      await frame()
      fault = faultOf(el)
    }
    if (fault !== null) faults.push(fault)
  }
  for (const el of root.querySelectorAll('*')) {
    if (!isSeen(el) || el.closest('svg') !== null || el.matches('input, select')) continue
    const { overflowX } = getComputedStyle(el)
    const isWider = el.clientWidth > 0 && el.scrollWidth > el.clientWidth + 1
    if (!isWider) continue
    const isBareText = el.children.length === 0 && el.textContent.trim() !== ''
    if (overflowX === 'hidden' || overflowX === 'clip') faults.push(`${nameOf(el)} is cut`)
    else if (overflowX !== 'visible' && el.closest('.scroll, .diff') === null)
      faults.push(`${nameOf(el)} scrolls sideways`)
    else if (overflowX === 'visible' && isBareText) faults.push(`${nameOf(el)} spills over`)
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) faults.push('the window scrolls sideways')
  return [...new Set(faults)]
}

globalThis.findOutOfSight = function () {
  const main = document.querySelector('main').getBoundingClientRect()
  return [...document.querySelectorAll('[data-outside]')].flatMap((tile) => {
    const box = tile.closest('li').getBoundingClientRect()
    const isIn =
      box.left >= main.left && box.right <= main.right && box.top >= main.top && box.bottom <= main.bottom
    return isIn && box.right <= innerWidth && box.bottom <= innerHeight ? [] : [tile.dataset.outside]
  })
}
