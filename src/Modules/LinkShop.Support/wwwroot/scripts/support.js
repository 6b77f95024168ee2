// Puts a quick reply into the answer; without script it is copied by hand from its own page.
(() => {
  'use strict';
  for (const choice of document.querySelectorAll('select[data-fills]')) {
    choice.addEventListener('change', () => {
      const field = document.getElementById(choice.dataset.fills);
      if (!choice.value || !field) return;
      field.value = field.value ? `${field.value}\n${choice.value}` : choice.value;
      choice.value = '';
      field.focus();
    });
  }
})();
