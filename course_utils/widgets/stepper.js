// The front end of every Stepper. Python sends frames; this file only swaps them.
// A frame is a list of runs [first, count, …] over a table of SVG lines (stepper.pack).

const PATIENCE = 5000; // ms until we say that the kernel does not answer
const NO_KERNEL = "Settings need a running kernel: run this cell. The examples work without one.";
const SILENT = "The kernel does not answer yet: it is busy or has stopped.";
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

const make = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

const unpack = (runs, lines) => {
  const unpacked = [];
  for (let i = 0; i < runs.length; i += 2) unpacked.push(...lines.slice(runs[i], runs[i] + runs[i + 1]));
  return unpacked;
};

// How many lines after the opening tag are the same in all frames, groups left whole:
// they are drawn once, so that a step changes as little of the page as possible.
const countShared = (frames) => {
  let shared = 1;
  let depth = 0;
  for (let at = 1; at < frames[0].length - 1; at++) {
    const line = frames[0][at];
    if (!frames.every((frame) => frame[at] === line)) break;
    depth += line.split("<g").length - line.split("</g>").length;
    if (depth === 0) shared = at + 1;
  }
  return shared;
};

function render({ model, el }) {
  // The parts of the page.
  const picture = make("div", { className: "course-stepper-picture" });
  const sentence = make("p", { className: "course-stepper-sentence" });
  sentence.setAttribute("aria-live", "polite");
  const button = (text, name, act) => {
    const node = make("button", { type: "button", textContent: text, title: name, onclick: act });
    node.setAttribute("aria-label", name);
    return node;
  };
  const back = button("◀ Back", "Step back", () => go(model.get("step") - 1));
  const play = button("▶ Play", "Play", () => (timer ? pause() : start()));
  const next = button("Forward ▶", "Step forward", () => go(model.get("step") + 1));
  const range = make("input", { type: "range", min: 0, step: 1, oninput: () => go(range.valueAsNumber) });
  range.setAttribute("aria-label", "Step");
  const count = make("span", { className: "course-stepper-count" });
  const presets = make("select", { onchange: () => choose(Number(presets.value)) });
  const reason = make("p", { className: "course-stepper-reason" });
  reason.setAttribute("role", "status");
  const fields = make("fieldset", { disabled: true }, make("legend", { textContent: "Settings" }));
  const inputs = {};
  for (const setting of model.get("settings")) {
    const input =
      setting.kind === "choice"
        ? make("select", {}, ...setting.options.map((text) => make("option", { value: text, textContent: text })))
        : make("input", { type: "number", min: setting.minimum, max: setting.maximum, step: setting.step ?? 1 });
    input.onchange = ask;
    inputs[setting.name] = input;
    fields.append(make("label", {}, setting.label, input));
  }
  const root = make(
    "div",
    { className: "course course-stepper" },
    make("p", { className: "course-stepper-title", textContent: model.get("title") }),
    make("div", { className: "course-stepper-bar" }, make("label", {}, "Example", presets)),
    picture,
    sentence,
    make("div", { className: "course-stepper-bar" }, back, play, next, range, count),
  );
  if (model.get("settings").length) root.append(fields, reason);
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", model.get("title"));
  // JupyterLab's own shortcuts (b inserts a cell, d d deletes one) must not see our keys.
  root.dataset.lmSuppressShortcuts = "true";
  el.append(root);

  // What is shown: a preset, or the reader's own settings, with its frames.
  const current = () => {
    const shown = model.get("shown");
    return shown < 0 ? model.get("own") : { ...model.get("_presets")[shown], lines: model.get("_lines") };
  };
  let frames = []; // of what is shown: lists of lines
  let shared = 0;
  const load = () => {
    const { frames: packed, lines } = current();
    frames = packed.map((runs) => unpack(runs, lines));
    shared = countShared(frames);
    const [opening, ...rest] = frames[0];
    picture.innerHTML = `${opening}<g>${rest.slice(0, shared - 1).join("")}</g><g></g></svg>`;
  };
  const show = () => {
    const step = Math.min(Math.max(model.get("step"), 0), frames.length - 1);
    const svg = picture.firstElementChild;
    const opening = make("template", { innerHTML: `${frames[step][0]}</svg>` }).content.firstChild;
    for (const { name, value } of opening.attributes) svg.setAttribute(name, value);
    svg.lastElementChild.innerHTML = frames[step].slice(shared, -1).join("");
    sentence.textContent = svg.getAttribute("aria-label");
    range.max = frames.length - 1;
    range.value = step;
    count.textContent = `${step + 1} of ${frames.length}`;
    range.setAttribute("aria-valuetext", count.textContent);
    // aria-disabled, not disabled: the focus must not get lost at either end.
    back.setAttribute("aria-disabled", step === 0);
    next.setAttribute("aria-disabled", step === frames.length - 1);
  };

  const go = (step) => {
    const target = Math.min(Math.max(step, 0), frames.length - 1);
    if (target === model.get("step")) return;
    model.set("step", target);
    model.save_changes();
  };

  // Playing: by request only, and slower for readers who asked for less motion.
  let timer = null;
  const pause = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = "▶ Play";
    play.setAttribute("aria-label", "Play");
    sentence.setAttribute("aria-live", "polite");
  };
  const start = () => {
    if (model.get("step") === frames.length - 1) go(0);
    play.textContent = "❚❚ Pause";
    play.setAttribute("aria-label", "Pause");
    sentence.setAttribute("aria-live", "off");
    timer = setInterval(() => (model.get("step") < frames.length - 1 ? go(model.get("step") + 1) : pause()), calm.matches ? 1800 : 900);
  };

  // Presets and settings.
  const list = () => {
    // A preset whose frames the kernel is still making cannot be chosen yet.
    const options = model
      .get("_presets")
      .map(({ label, frames }, at) => make("option", { value: at, textContent: label, disabled: !frames.length }));
    if (model.get("shown") < 0) options.push(make("option", { value: -1, textContent: "your own settings" }));
    presets.replaceChildren(...options);
    presets.value = model.get("shown");
    for (const [name, input] of Object.entries(inputs)) input.value = current().values[name];
  };
  let changed = null; // the setting that the reader changed last
  const say = (text, refused = false) => {
    reason.textContent = text;
    reason.classList.toggle("course-stepper-calm", !refused);
    for (const input of Object.values(inputs)) input.setAttribute("aria-invalid", refused && input === changed);
  };
  const choose = (shown) => {
    pause();
    if (!fields.disabled) say("");
    model.set({ shown, step: 0 });
    model.save_changes();
  };
  let waiting = null;
  const read = (input) => {
    if (input.type !== "number") return input.value;
    return input.value === "" ? null : input.valueAsNumber;
  };
  function ask() {
    pause();
    changed = this;
    const values = {};
    for (const [name, input] of Object.entries(inputs)) values[name] = read(input);
    model.set("asked", { values, turn: (model.get("asked").turn ?? 0) + 1 });
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => say(SILENT), PATIENCE);
  }

  // Events: the model tells every view what changed, the reader acts by mouse and keyboard.
  let drawn = null;
  const update = () => {
    const wanted = current().frames;
    if (drawn !== wanted) {
      drawn = wanted;
      list();
      load();
    }
    show();
  };
  model.on("change:step", update);
  model.on("change:shown", update);
  model.on("change:own", update);
  model.on("change:_presets", update);
  model.on("change:answer", () => {
    clearTimeout(waiting);
    const { refusal } = model.get("answer");
    say(refusal, refusal !== "");
  });
  model.on("msg:custom", (content) => {
    if (content !== "kernel!") return;
    fields.disabled = false;
    say("");
  });
  // A click on a map sets two numbers at once: where it hit, between their limits.
  const pick = (map, event) => {
    if (fields.disabled) return; // the reason stands below
    const box = map.getBoundingClientRect();
    const shares = [(event.clientX - box.left) / box.width, (box.bottom - event.clientY) / box.height];
    const chosen = map.dataset.pick.split(" ").map((name) => inputs[name]);
    chosen.forEach((input, axis) => {
      const [low, high] = [Number(input.min), Number(input.max)];
      const steps = Math.round((shares[axis] * (high - low)) / input.step);
      input.value = Number((low + steps * input.step).toFixed(10));
    });
    ask.call(chosen[0]);
  };
  picture.onclick = (event) => {
    const map = event.target.closest("[data-pick]");
    if (map) pick(map, event);
    const target = event.target.closest("[data-goto]");
    if (!target) return;
    pause();
    go(Number(target.dataset.goto));
    range.focus({ preventScroll: true });
  };
  root.onkeydown = (event) => {
    event.stopPropagation();
    if (event.target !== range || event.key !== " ") return; // all other keys work natively
    event.preventDefault();
    play.click();
  };

  say(NO_KERNEL);
  update();
  model.send("kernel?");
  return pause;
}

export default { render };
