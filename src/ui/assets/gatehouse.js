// Comfort only: every page works without this file.

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
  addButton(bar, block.dataset.copy, async (button) => {
    await navigator.clipboard.writeText(block.querySelector('dl, code').innerText);
    status.textContent = button.textContent = block.dataset.copied;
    setTimeout(() => {
      button.textContent = block.dataset.copy;
      status.textContent = '';
    }, 2000);
  });
  bar.append(status);
}

for (const input of document.querySelectorAll('input[data-show]')) {
  const { show, showLabel, hide, hideLabel } = input.dataset;
  const button = addButton(input.parentElement, show, () => {
    const isHidden = input.type === 'password';
    input.type = isHidden ? 'text' : 'password';
    if (isHidden) tell(hide, hideLabel);
    else tell(show, showLabel);
  });
  const tell = (text, label) => {
    button.textContent = text;
    button.setAttribute('aria-label', label);
  };
  tell(show, showLabel);
}
