// Asks the kernel, and shows what it answers. If no answer comes, it says so until one does.
export default {
  render({ model, el }) {
    const line = document.createElement("pre");
    line.className = "doctor-answer";
    line.setAttribute("role", "status");
    line.style.whiteSpace = "pre-wrap";
    line.textContent = model.get("waiting");
    el.append(line);
    el.classList.add("jupyter-widgets"); // as ipywidgets marks its own

    const silence = setTimeout(() => (line.textContent = model.get("silent")), model.get("patience"));
    const show = message => {
      clearTimeout(silence);
      line.textContent = message.text;
    };
    model.on("msg:custom", show);
    model.send({ browser: navigator.userAgent, translated: translated() });
    return () => {
      clearTimeout(silence);
      model.off("msg:custom", show);
    };
  },
};

// The marks that Chrome and Edge leave on a page that they translate.
function translated() {
  const page = document.documentElement;
  return /\btranslated-(ltr|rtl)\b/.test(page.className) || !!page.querySelector("[_msttexthash]");
}
