// What is wrong with how a page looks: a list of texts. It runs in a browser.
(() => {
  const faults = [];
  const shown = e => { const r = e.getBoundingClientRect(); return r.width > 0 && r.height > 0; };
  const words = e => e.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) faults.push(`the page is ${wide} pixels wider than the screen`);

  // Text out of its box: what is cut off, unless the box can be scrolled.
  for (const e of document.querySelectorAll("p, li, h1, h2, h3, th, td, caption, summary, strong")) {
    if (shown(e) && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1) faults.push(`out of its box: ${words(e)}`);
  }
  // Text of pictures: inside of the picture, and none over another.
  for (const svg of document.querySelectorAll("svg")) {
    if (!shown(svg)) continue;
    const frame = svg.getBoundingClientRect(), texts = [];
    for (const t of svg.querySelectorAll("text")) {
      const b = t.getBoundingClientRect();
      if (b.width === 0) continue;
      if (b.left < frame.left - 2 || b.right > frame.right + 2 || b.top < frame.top - 2 || b.bottom > frame.bottom + 2)
        faults.push(`out of the picture ${svg.id}: ${words(t)}`);
      else texts.push([t, b]);
    }
    for (let i = 0; i < texts.length; i++) for (let k = i + 1; k < texts.length; k++) {
      const [s, a] = texts[i], [t, b] = texts[k];
      const x = Math.min(a.right, b.right) - Math.max(a.left, b.left), y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      // The box of a line of text is higher than its letters by about a half.
      if (x > 1 && y > 0.45 * Math.min(a.height, b.height)) faults.push(`one text over another in ${svg.id}: ${words(s)} / ${words(t)}`);
    }
  }
  return faults;
})()
