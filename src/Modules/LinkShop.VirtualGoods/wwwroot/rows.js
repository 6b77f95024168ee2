// "Add" buttons of lists in forms: clones the empty last row under the next number. Without script the last row is simply filled in.
for (const list of document.querySelectorAll('[data-rows]')) {
  const button = list.querySelector('[data-add-row]');
  if (!button) continue;
  const name = list.dataset.rows;
  button.hidden = false;
  button.addEventListener('click', () => {
    const rows = list.querySelectorAll('[data-row]');
    const last = rows[rows.length - 1];
    const next = rows.length;
    const row = last.cloneNode(true);
    row.dataset.row = next;
    row.open = true;
    for (const element of row.querySelectorAll('[name],[id],[for],[data-valmsg-for]')) {
      for (const attribute of ['name', 'id', 'for', 'data-valmsg-for']) {
        const value = element.getAttribute(attribute);
        if (!value) continue;
        element.setAttribute(attribute, value.replace(`${name}[${next - 1}]`, `${name}[${next}]`).replace(`${name}_${next - 1}__`, `${name}_${next}__`));
      }
      if (element.matches('.invalid-feedback')) element.textContent = '';
      else if (element.matches('input:not([type=checkbox]):not([type=hidden]):not([type=number]), textarea')) element.value = '';
    }
    last.after(row);
    row.querySelector('input').focus();
  });
}
