// A model that lives in the page: what a Stepper reads and writes, without a kernel.
class PageModel {
  constructor(state) {
    this.state = state;
    this.listeners = {};
  }
  get(name) {
    return this.state[name];
  }
  set(names, value) {
    const changes = typeof names === "string" ? { [names]: value } : names;
    for (const [name, next] of Object.entries(changes)) {
      if (this.state[name] === next) continue;
      this.state[name] = next;
      for (const act of this.listeners[`change:${name}`] ?? []) act();
    }
  }
  on(event, act) {
    (this.listeners[event] ??= []).push(act);
  }
  save_changes() {}
  send() {}
}

const WHERE = "Settings need Python: open this lesson in JupyterLab. The examples work here.";

// A widget comes to life when it is near the reader's window.
const wake = (place) => {
  const state = JSON.parse(document.getElementById(`state-${place.dataset.widget}`).textContent);
  render({ model: new PageModel(state), el: place });
  const reason = place.querySelector(".course-stepper-reason");
  if (reason) reason.textContent = WHERE;
  place.closest(".outputs").classList.add("alive");
};
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      wake(target);
    }
  },
  { rootMargin: "600px" },
);
for (const place of document.querySelectorAll("[data-widget]")) near.observe(place);
