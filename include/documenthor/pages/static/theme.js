// Airflow keeps its choice of colours in this key; without one, the system's is taken.
const choose = () => {
  let theme = "";
  try {
    theme = localStorage.getItem("theme") ?? "";
  } catch {
    // Storage may be forbidden; the system's colours do.
  }
  document.documentElement.dataset.theme = ["light", "dark"].includes(theme) ? theme : "system";
};
choose();
// Somebody changes it in Airflow while this page stands in its frame.
addEventListener("storage", choose);
