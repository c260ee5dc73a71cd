// Comfort only: every page works without this file.
document.querySelector('form[data-submit-at-once]')?.submit();

const labels = { copy: 'Copy', copied: 'Copied', show: 'Show', hide: 'Hide' };

function addButton(beside, text, onClick) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'mini';
  button.textContent = text;
  button.addEventListener('click', () => onClick(button));
  beside.append(button);
  return button;
}

// Browsers hand out the clipboard over https and on localhost alone.
const copyable = navigator.clipboard ? document.querySelectorAll('[data-copy]') : [];
for (const block of copyable) {
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  status.className = 'unseen';
  const bar = block.querySelector('[data-copy-bar]');
  addButton(bar, labels.copy, async (button) => {
    await navigator.clipboard.writeText(block.querySelector('code').textContent);
    status.textContent = button.textContent = labels.copied;
    setTimeout(() => {
      button.textContent = labels.copy;
      status.textContent = '';
    }, 2000);
  });
  bar.append(status);
}

for (const input of document.querySelectorAll('input[type=password]')) {
  const button = addButton(input.parentElement, labels.show, () => {
    const isHidden = input.type === 'password';
    input.type = isHidden ? 'text' : 'password';
    tell(isHidden ? labels.hide : labels.show);
  });
  const tell = (text) => {
    button.textContent = text;
    button.setAttribute('aria-label', `${text} password`);
  };
  tell(labels.show);
}
