// The preview follows what is chosen. What it shows is what the server makes of it: the same rules for readable text, on one ground.
(() => {
  'use strict';
  const look = document.querySelector('[data-look]');
  if (!look) return;
  const preview = look.querySelector('[data-preview]');
  const field = name => look.querySelector(`[name="${name}"]:not([type=hidden])`);
  const fonts = JSON.parse(look.dataset.fonts);
  const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
  const luminance = c => c.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
  const towards = (a, b, part) => a.map((v, i) => Math.round(v + (b[i] - v) * part));
  const css = c => `rgb(${c.join(' ')})`;
  const black = [0, 0, 0], white = [255, 255, 255];

  const set = (name, value) => preview.style.setProperty(name, value);
  // as data: the page's policy takes pictures from the site and such ones only
  const chosenFiles = new Map();
  const read = input => {
    const reader = new FileReader();
    reader.onload = () => { chosenFiles.set(input.name, reader.result); show(); };
    chosenFiles.delete(input.name);
    if (input.files[0]) reader.readAsDataURL(input.files[0]);
  };
  const picture = (element, name, known, remove) => {
    const url = chosenFiles.get(name) ?? (remove?.checked ? '' : known);
    element.style.backgroundImage = url ? `url("${url}")` : '';
    return Boolean(url);
  };

  const chosen = () => look.querySelector('[name=Preset]:checked');
  const show = () => {
    const fill = rgb(field('Primary').value);
    const on = contrast(white, fill) >= 4.5 || contrast(white, fill) > contrast(black, fill) ? white : black;
    const dark = field('Mode').value === 'dark' || (field('Mode').value === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
    const [page, card, ink] = dark ? [[15, 18, 27], [24, 28, 40], [238, 240, 247]] : [[245, 246, 250], white, [23, 26, 38]];
    let text = fill;
    for (let step = 0; step <= 50 && contrast(text, card) < 4.5; step++) text = towards(fill, dark ? white : black, step / 50);
    set('--p-fill', css(fill)); set('--p-on', css(on)); set('--p-accent', field('Accent').value); set('--p-text', css(text));
    set('--p-page', css(page)); set('--p-card', css(card)); set('--p-ink', css(ink));
    preview.style.fontFamily = fonts[field('Font').value];
    const zh = document.documentElement.lang.startsWith('zh');
    const [first, second] = zh ? ['SloganZh', 'SloganEn'] : ['SloganEn', 'SloganZh'];
    const slogan = preview.querySelector('[data-preview-slogan]');
    slogan.textContent = field(first).value.trim() || field(second).value.trim() || slogan.dataset.none;
    picture(preview.querySelector('.ls-preview__logo'), 'Logo', preview.dataset.logo, field('RemoveLogo'));
    const banner = preview.querySelector('.ls-preview__banner');
    banner.hidden = !picture(banner, 'Banner', preview.dataset.banner, field('RemoveBanner'));
    const title = document.querySelector('[data-title]')?.value.trim();
    if (title) for (const element of preview.querySelectorAll('[data-preview-title]')) element.textContent = title;
  };

  look.addEventListener('change', event => {
    if (event.target.name === 'Preset' && !field('OwnColours').checked) {
      field('Primary').value = chosen().dataset.primary;
      field('Accent').value = chosen().dataset.accent;
    }
    if (event.target.name === 'Preset') field('Font').value = chosen().dataset.font;
    if (event.target.name === 'OwnColours' && !event.target.checked) {
      field('Primary').value = chosen().dataset.primary;
      field('Accent').value = chosen().dataset.accent;
    }
    if (event.target.type === 'file') read(event.target);
    show();
  });
  look.addEventListener('input', event => {
    // whoever picks a colour means it
    if (event.target.type === 'color') field('OwnColours').checked = true;
    show();
  });
  document.querySelector('[data-title]')?.addEventListener('input', show);
  show();
})();
