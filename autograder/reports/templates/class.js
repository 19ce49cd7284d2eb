"use strict";

// The table of the class: it sorts, filters and searches the data of the page, in place of the table without a script.
const data = JSON.parse(document.getElementById("class-data").textContent);
const form = document.getElementById("filters");
const count = document.getElementById("found");
const number = (value) => (value === null || value === undefined ? "" : String(Math.round(value * 100) / 100));

function option(select, value, text) {
  const one = document.createElement("option");
  one.value = value;
  one.textContent = text;
  select.append(one);
}

function fill(name, rows) {
  const select = form.elements[name];
  select.length = 1;
  for (const [value, text] of rows) option(select, value, text);
}

function link(cell) {
  const student = cell.getData();
  const place = document.createElement("a");
  place.href = student.page;
  place.textContent = student.name;
  const whole = document.createElement("span");
  whole.append(place);
  if (student.name !== student.key) {
    const key = document.createElement("small");
    key.className = "quiet";
    key.textContent = ` ${student.key}`;
    whole.append(key);
  }
  return whole;
}

function state(cell) {
  const tag = document.createElement("span");
  tag.className = `state ${cell.getValue()}`;
  tag.textContent = cell.getValue();
  return tag;
}

function text(cell) {
  return document.createTextNode(cell.getValue() ?? "");
}

function points(cell) {
  const tag = document.createElement("span");
  tag.textContent = number(cell.getValue());
  return tag;
}

// A row without points stays at the end, whichever way the column is sorted.
function byNumber(a, b, aRow, bRow, column, direction) {
  const none = (value) => value === null || value === undefined;
  if (none(a) || none(b)) return (none(a) - none(b)) * (direction === "asc" ? 1 : -1);
  return a - b;
}

const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const byText = (a, b) => words.compare(a ?? "", b ?? "");
const numeric = { hozAlign: "right", headerHozAlign: "right", sorter: byNumber, headerSortStartingDir: "desc" };
const columns = [
  { title: "Student", field: "name", formatter: link, sorter: byText, frozen: innerWidth > 700, minWidth: 150 },
  { title: "Number", field: "number", formatter: text, sorter: byText },
  { title: "State", field: "state", formatter: state, sorter: byText },
  { title: "Points", field: "earned", formatter: points, ...numeric },
  { title: "Percent", field: "percent", formatter: points, ...numeric },
  ...(data.has_policy
    ? [
        { title: "Late", field: "late", formatter: text, sorter: byText },
        { title: "Final", field: "final", formatter: points, ...numeric },
      ]
    : []),
  { title: "Remarks", field: "remarks", formatter: text, sorter: byText, minWidth: 200, maxWidth: 480 },
  ...data.exercises.map((exercise, place) => ({
    title: `${exercise.name} (${number(exercise.points)})`,
    field: `e${place}`,
    formatter: points,
    ...numeric,
  })),
];

// Small letters without accents, so that "emile" finds "Émile".
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

for (const student of data.students) {
  student.points.forEach((value, place) => (student[`e${place}`] = value));
  student.text = plain(`${student.name} ${student.key} ${student.number} ${student.state} ${student.remarks}`);
}

fill("state", [...new Set(data.students.map((student) => student.state))].map((one) => [one, one]));
fill("section", [...new Set(data.exercises.map((exercise) => exercise.section))].map((one) => [one, one]));
fill("misconception", data.misconceptions.map((name, place) => [place, name]));
fill("verdict", Object.entries(data.verdicts));

function fillExercises() {
  const section = form.elements.section.value;
  const chosen = form.elements.exercise.value;
  const rows = data.exercises.map((exercise, place) => [place, exercise.name]);
  fill("exercise", rows.filter(([place]) => !section || data.exercises[place].section === section));
  form.elements.exercise.value = chosen;
  if (form.elements.exercise.selectedIndex < 0) form.elements.exercise.value = "";
}

function fillChecks() {
  const exercise = form.elements.exercise.value;
  const chosen = form.elements.check.value;
  const rows = data.checks.map((check, place) => [place, check]);
  fill("check", exercise === "" ? [] : rows.filter(([, check]) => check.exercise === +exercise).map(([place, check]) => [place, check.title]));
  form.elements.check.value = chosen;
  if (form.elements.check.selectedIndex < 0) form.elements.check.value = "";
  form.elements.check.disabled = exercise === "";
}

document.getElementById("class").hidden = true;
form.hidden = false;
const place = document.getElementById("table");
place.hidden = false;
const table = new Tabulator(place, {
  data: data.students,
  columns,
  maxHeight: "80vh",
  layout: "fitData",
  placeholder: "No student fits.",
  index: "key",
});

function matches(student, wanted) {
  if (wanted.state && student.state !== wanted.state) return false;
  if (wanted.misconception !== "" && !student.misconceptions.includes(+wanted.misconception)) return false;
  if (!wanted.words.every((word) => student.text.includes(word))) return false;
  if (!wanted.verdict) return true;
  return wanted.checks.some((check) => student.verdicts[check] === wanted.verdict);
}

// The checks that the form names: one, those of an exercise, those of a section, or all.
function chosenChecks() {
  const { section, exercise, check } = form.elements;
  if (check.value !== "") return [+check.value];
  const all = data.checks.map((one, place) => [one.exercise, place]);
  const fits = ([of]) => (exercise.value !== "" ? of === +exercise.value : !section.value || data.exercises[of].section === section.value);
  return all.filter(fits).map(([, place]) => place);
}

function show() {
  fillExercises();
  fillChecks();
  const { section, exercise, state, misconception, verdict, search } = form.elements;
  const wanted = {
    state: state.value,
    misconception: misconception.value,
    verdict: verdict.value,
    checks: chosenChecks(),
    words: plain(search.value).split(/\s+/),
  };
  data.exercises.forEach((one, place) => {
    const fits = exercise.value === "" ? !section.value || one.section === section.value : place === +exercise.value;
    const column = table.getColumn(`e${place}`);
    if (column.isVisible() !== fits) column.toggle();
  });
  table.setFilter((student) => matches(student, wanted));
  count.textContent = `${table.getDataCount("active")} of ${data.students.length} students`;
}

// A link such as #students?exercise=UNet&check=shapes&verdict=failed chooses who is shown.
function follow() {
  const [, query] = location.hash.split("?");
  if (query === undefined) return;
  const asked = new URLSearchParams(query);
  form.reset();
  const exercise = data.exercises.findIndex((one) => one.name === asked.get("exercise"));
  fillExercises();
  form.elements.exercise.value = exercise < 0 ? "" : String(exercise);
  fillChecks();
  const check = data.checks.findIndex((one) => one.exercise === exercise && one.name === asked.get("check"));
  form.elements.check.value = check < 0 ? "" : String(check);
  const letters = Object.entries(data.verdicts).find(([, word]) => word === asked.get("verdict"));
  form.elements.verdict.value = letters ? letters[0] : "";
  const misconception = data.misconceptions.indexOf(asked.get("misconception"));
  form.elements.misconception.value = misconception < 0 ? "" : String(misconception);
  show();
  document.getElementById("students").scrollIntoView();
}

form.addEventListener("input", show);
form.addEventListener("reset", () => setTimeout(show));
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", follow);
// Headers sort with the keyboard as well.
function sortWithKeys() {
  for (const column of table.getColumns()) {
    const head = column.getElement();
    head.tabIndex = 0;
    head.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      table.setSort(column.getField(), head.getAttribute("aria-sort") === "ascending" ? "desc" : "asc");
    });
  }
}

table.on("tableBuilt", () => {
  place.querySelector(".tabulator-tableholder").removeAttribute("tabindex"); // a grid may not hold it
  sortWithKeys();
  show();
  follow();
});
