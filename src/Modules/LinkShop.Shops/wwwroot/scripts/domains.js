// Buttons that copy what stands beside them: what has to be published for a domain, the shop's address. Without a script they aren't shown, and the text can be marked by hand.
(() => {
  'use strict';
  for (const button of document.querySelectorAll('[data-copy]')) {
    const source = document.getElementById(button.dataset.copy);
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(source.value ?? source.textContent);
      } catch {
        // plain http, or refused
        if (source.select) source.select();
        else getSelection().selectAllChildren(source);
        return;
      }
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 1600);
    });
  }
})();
