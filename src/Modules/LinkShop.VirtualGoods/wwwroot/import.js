// Shows how far an import is while the browser uploads the form; the answer then replaces the page.
for (const form of document.querySelectorAll('form[data-progress]')) {
  form.addEventListener('submit', () => {
    const box = form.querySelector('[data-progress-box]');
    const bar = box.querySelector('progress');
    const text = box.querySelector('output');
    const file = form.querySelector('input[type=file]');
    const size = file?.files[0]?.size ?? form.querySelector('textarea')?.value.length ?? 0;
    box.hidden = false;
    for (const button of form.querySelectorAll('button')) button.disabled = true;
    setInterval(async () => {
      const response = await fetch(form.dataset.progress, { headers: { Accept: 'application/json' } }).catch(() => null);
      if (!response?.ok) return;
      const progress = await response.json();
      if (size > 0) bar.value = Math.min(100, 100 * progress.bytesRead / size);
      text.textContent = text.dataset.text.replace('{0}', progress.lines.toLocaleString()).replace('{1}', progress.skipped.toLocaleString());
    }, 700);
  });
}
