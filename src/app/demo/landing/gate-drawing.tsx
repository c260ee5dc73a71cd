import type { VNode } from 'preact';

const CENTRE = { x: 160, y: 156 };
const STONES = 9;
const GAP_DEGREES = 1.2;
const KEYSTONE = (STONES - 1) / 2;

/** Stones of the arch from left to right; the keystone stands out. */
const ARCH = Array.from({ length: STONES }, (_, index) => {
  const width = 180 / STONES;
  const isKeystone = index === KEYSTONE;
  return sector(180 - index * width - GAP_DEGREES, 180 - (index + 1) * width + GAP_DEGREES, 88, isKeystone ? 146 : 134);
});

/** The gate that the product is named after, with messages passing. Decorative. */
export function GateDrawing(): VNode {
  return (
    <svg class="gate" viewBox="0 0 320 300" aria-hidden="true">
      <path class="way" d="M72 300V156a88 88 0 0 1 176 0v144z" />
      <g class="traffic">
        <text x="96" y="176">
          <tspan class="out">→</tspan> code
        </text>
        <text x="96" y="206">
          <tspan class="in">←</tspan> access_token
        </text>
        <text x="96" y="236">
          <tspan class="out">→</tspan> GET /api/me
        </text>
        <text x="96" y="266">
          <tspan class="in">←</tspan> 200 OK
        </text>
      </g>
      {ARCH.map((path, index) => (
        <path class={index === KEYSTONE ? 'stone' : 'ashlar'} d={path} />
      ))}
      {[160, 208, 256].map((y) => (
        <>
          <path class="ashlar" d={`M26 ${y}h46v44h-46z`} />
          <path class="ashlar" d={`M248 ${y}h46v44h-46z`} />
        </>
      ))}
      <path class="keyhole" d="M160 26a11 11 0 0 0-5.4 20.6L152 64h16l-2.6-17.4A11 11 0 0 0 160 26z" />
    </svg>
  );
}

function sector(fromDegrees: number, toDegrees: number, inner: number, outer: number): string {
  const point = (degrees: number, radius: number) => {
    const angle = (degrees * Math.PI) / 180;
    return `${(CENTRE.x + radius * Math.cos(angle)).toFixed(1)} ${(CENTRE.y - radius * Math.sin(angle)).toFixed(1)}`;
  };
  return [
    `M${point(fromDegrees, outer)}`,
    `A${outer} ${outer} 0 0 1 ${point(toDegrees, outer)}`,
    `L${point(toDegrees, inner)}`,
    `A${inner} ${inner} 0 0 0 ${point(fromDegrees, inner)}Z`,
  ].join('');
}
