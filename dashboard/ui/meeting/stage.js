// The stage of a presentation: shows one slide of those that are drawn already, and takes the keys.
// It holds the position; the server is asked only to narrow a slide, to refresh or to leave.

const stages = new WeakMap()

export default function ({ data, parentElement }) {
  const stage = stages.get(parentElement) ?? begin(parentElement, data)
  stages.set(parentElement, stage)
  stage.update(data)
  return () => {
    stage.end()
    stages.delete(parentElement)
  }
}

function begin(root, first) {
  const memory = `presentation-${first.token}`
  const channel = new BroadcastChannel(memory)
  const black = root.querySelector(".black")
  const typed = root.querySelector(".typed")
  const style = document.head.appendChild(document.createElement("style"))
  let data = first
  let position = Number(sessionStorage.getItem(memory) ?? first.start)
  let digits = ""

  const click = (name) => {
    const button = document.querySelector(`.st-key-stage-${name} :is(button, a)`)
    button?.click()
    return Boolean(button)
  }

  const type = (text) => {
    digits = text
    typed.textContent = text
    typed.hidden = !text
  }

  const show = (wanted, isNews = true) => {
    position = Math.max(0, Math.min(wanted, data.count - 1))
    sessionStorage.setItem(memory, position)
    const next = `.st-key-stage-slide-${position + 1} { visibility: visible !important; left: calc(1300 * var(--px)) !important; }`
    // A rule outlasts a class on an element: the page may draw the element anew.
    style.textContent = `@media screen {
      [class*="st-key-stage-slide-"] { visibility: hidden !important; }
      .st-key-stage-slide-${position} { visibility: visible !important; }
      ${data.isNotes ? next : ""}
      [class*="st-key-stage-note-"] { display: none !important; }
      .st-key-stage-note-${position} { display: flex !important; }
    }`
    if (isNews) channel.postMessage({ position, isBlack: !black.hidden })
  }

  const darken = (isBlack) => {
    black.hidden = !isBlack
    if (data.isNotes) black.hidden = true
  }

  const scroll = (by) =>
    document.querySelector(`.st-key-stage-slide-${position} [class*="st-key-body-"]`)?.scrollBy(0, by)

  const fullScreen = () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()

  const notes = () =>
    window.open(`${location.pathname}?of=${data.token}&view=notes&lang=${data.language}`, memory, "popup,width=1180,height=760")

  const leave = () => {
    if (digits) return type("")
    if (!black.hidden) return blacken(false)
    if (data.isNotes) return window.close()
    click("leave")
  }

  const blacken = (isBlack) => {
    darken(isBlack)
    channel.postMessage({ position, isBlack })
  }

  const enter = () => {
    const wanted = digits ? Number(digits) - 1 : position + 1
    type("")
    show(wanted)
  }

  const keys = {
    ArrowRight: () => show(position + 1),
    PageDown: () => show(position + 1),
    " ": () => show(position + 1),
    ArrowLeft: () => show(position - 1),
    PageUp: () => show(position - 1),
    Home: () => show(0),
    End: () => show(data.count - 1),
    ArrowDown: () => scroll(120),
    ArrowUp: () => scroll(-120),
    Enter: enter,
    Escape: leave,
    Backspace: () => (digits ? type(digits.slice(0, -1)) : click(`lift-${position}`)),
    b: () => blacken(black.hidden),
    ".": () => blacken(black.hidden),
    f: fullScreen,
    n: notes,
    d: () => click(`drill-${position}`),
    r: () => data.isNotes || click("refresh"), // the notes follow what the room sees
  }

  const press = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const target = event.target instanceof Element ? event.target : document.body
    if (target.closest("input, textarea, select, [contenteditable=true]")) return
    // Whoever went to a button with the tab key presses it.
    const isOnButton = target.matches(":focus-visible") && target.closest("button, a")
    if (isOnButton && (event.key === "Enter" || event.key === " ")) return
    const isDigit = /^[0-9]$/.test(event.key)
    const action = keys[event.key] ?? keys[event.key.toLowerCase()]
    if (!isDigit && !action) return
    event.preventDefault()
    event.stopImmediatePropagation() // Streamlit has keys of its own
    if (isDigit) type((digits + event.key).slice(-3))
    else action()
  }

  const hear = ({ data: news }) => {
    if (news.isAsking) return channel.postMessage({ position, isBlack: !black.hidden })
    if (news.version && news.version !== data.version && data.isNotes) click("refresh")
    show(news.position, false)
    darken(news.isBlack)
  }

  channel.addEventListener("message", hear)
  window.addEventListener("keydown", press, true)
  if (first.isNotes) channel.postMessage({ isAsking: true })

  return {
    update(news) {
      const isRefreshed = news.version !== data.version
      data = news
      show(position, false)
      if (isRefreshed && !data.isNotes)
        channel.postMessage({ position, isBlack: !black.hidden, version: data.version })
    },
    end() {
      window.removeEventListener("keydown", press, true)
      channel.close()
      style.remove()
    },
  }
}
