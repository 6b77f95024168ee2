// <input type="file" data-most-files="3" data-most-bytes="…" data-told="…">: says at once what the server would refuse, before a phone has sent all of it
(() => {
  'use strict';
  for (const input of document.querySelectorAll('input[type=file][data-most-bytes]')) {
    input.addEventListener('change', () => {
      const files = [...input.files];
      const fits = files.length <= Number(input.dataset.mostFiles) && files.every((file) => file.size <= Number(input.dataset.mostBytes));
      input.setCustomValidity(fits ? '' : input.dataset.told);
      input.reportValidity();
    });
  }
})();
