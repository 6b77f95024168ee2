// Copies texts, and makes a PNG of a poster that is an SVG. Without script the texts can be selected and the SVG is loaded down as it is.
(() => {
  'use strict';
  for (const button of document.querySelectorAll('[data-copies]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const field = document.getElementById(button.dataset.copies);
      await navigator.clipboard.writeText(field.value ?? field.textContent);
      const before = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = before; }, 2000);
    });
  }

  const drawn = (address, width, height) => new Promise((resolve, reject) => {
    const picture = new Image(width, height);
    picture.onload = () => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      canvas.getContext('2d').drawImage(picture, 0, 0, width, height);
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
    };
    picture.onerror = reject;
    picture.src = address;
  });

  for (const button of document.querySelectorAll('[data-png]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const blob = await drawn(button.dataset.png, Number(button.dataset.width), Number(button.dataset.height));
      const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: button.dataset.file });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  }
})();
