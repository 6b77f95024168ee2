(() => {
  const root = document.documentElement;

  document.querySelectorAll('[data-theme-toggle]').forEach((button) => button.addEventListener('click', () => {
    root.dataset.bsTheme = root.dataset.bsTheme === 'dark' ? 'light' : 'dark';
    localStorage.setItem('ls-theme', root.dataset.bsTheme);
  }));

  // <form data-draft>: what is typed into it outlives the sending of another form of the page; files can't
  const drafts = [...document.querySelectorAll('form[data-draft]')];
  const place = (form) => `ls-draft:${form.action}`;
  const fields = (form) => [...form.elements].filter((field) => field.name && !['hidden', 'file', 'password', 'submit'].includes(field.type));
  const keep = (sent) => drafts.filter((form) => form !== sent).forEach((form) => {
    const typed = fields(form).flatMap((field, at) => (field.value !== field.defaultValue && 'defaultValue' in field || field.checked !== field.defaultChecked ? [[at, field.value, field.checked]] : []));
    if (typed.length) sessionStorage.setItem(place(form), JSON.stringify(typed));
  });
  for (const form of drafts) {
    const all = fields(form);
    for (const [at, value, checked] of JSON.parse(sessionStorage.getItem(place(form)) ?? '[]')) if (all[at]) Object.assign(all[at], { value, checked });
    sessionStorage.removeItem(place(form));
  }

  // <form data-confirm="…">, <button data-confirm="…">, or the <option data-confirm="…"> that is chosen: asks before it does what can't be undone
  document.addEventListener('submit', (event) => {
    const chosen = [...event.target.querySelectorAll('option:checked')].map((option) => option.dataset.confirm).find(Boolean);
    const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm ?? chosen;
    if (question && !confirm(question)) {
      event.preventDefault();
      return;
    }
    // a second click must not send the form twice; after a download the page stays as it is
    keep(event.target);
    const button = event.submitter;
    if (button && event.target.method === 'post' && !('download' in event.target.dataset)) setTimeout(() => { button.disabled = true; });
  });
  // a page that comes back from the browser's memory has its buttons again
  addEventListener('pageshow', () => document.querySelectorAll('button[type=submit]:disabled:not([data-stays-disabled])').forEach((button) => { button.disabled = false; }));

  // <select data-submit>: filters act at once; without script there is a button
  document.querySelectorAll('select[data-submit]').forEach((select) => select.addEventListener('change', () => select.form.requestSubmit()));

  // <button data-reveal="#id">: shows or hides a password
  document.querySelectorAll('[data-reveal]').forEach((button) => button.addEventListener('click', () => {
    const input = document.querySelector(button.dataset.reveal);
    const shown = input.type === 'text';
    input.type = shown ? 'password' : 'text';
    button.setAttribute('aria-pressed', String(!shown));
    button.firstElementChild.className = shown ? 'bi bi-eye' : 'bi bi-eye-slash';
  }));

  // the first field with an error gets the focus; of a form that says only what is wrong, that is seen
  const field = document.querySelector('.input-validation-error');
  field?.focus();
  if (!field) document.querySelector('form .text-danger[role=alert]')?.scrollIntoView({ block: 'center' });
})();
