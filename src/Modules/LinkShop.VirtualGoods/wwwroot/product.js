// Product page: quantity buttons, and the chosen variant's price, limits and delivery. Without script the form works as it is.
const form = document.querySelector('[data-buy]');
if (form) {
  const quantity = form.querySelector('[name=quantity]');
  const show = name => form.querySelector(`[data-show=${name}]`);
  const clamp = value => Math.min(Number(quantity.max), Math.max(Number(quantity.min), value || 1));

  for (const button of form.querySelectorAll('[data-step]')) {
    button.hidden = false;
    button.addEventListener('click', () => { quantity.value = clamp(Number(quantity.value) + Number(button.dataset.step)); });
  }

  for (const radio of form.querySelectorAll('[name=sku]')) {
    radio.addEventListener('change', () => {
      const { price, was, off, min, max, kind, limit } = radio.dataset;
      show('price').textContent = price;
      show('was').textContent = was ?? '';
      show('was').hidden = !was;
      show('off').textContent = show('off').dataset.text.replace('{0}', off);
      show('off').hidden = Number(off) <= 0;
      show('limit').textContent = limit;
      for (const fact of form.querySelectorAll('li[data-kind]')) fact.hidden = fact.dataset.kind !== kind;
      quantity.min = min;
      quantity.max = max;
      quantity.value = clamp(Number(quantity.value));
      // a page that opened on a sold-out variant has a dead button
      const buy = form.querySelector('.ls-buybar .btn');
      if (buy.disabled) window.location.search = new URLSearchParams({ sku: radio.value });
    });
  }
}
