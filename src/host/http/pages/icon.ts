// The picture in the browser's tab: a card with a display.
export const ICON_TEXT = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect x="2" y="6" width="28" height="20" rx="4" fill="#0b6272"/>
<rect x="6" y="10" width="20" height="6" rx="1.5" fill="#d8efe9"/>
<g fill="#fff"><circle cx="8" cy="21" r="1.6"/><circle cx="13.3" cy="21" r="1.6"/><circle cx="18.6" cy="21" r="1.6"/><circle cx="24" cy="21" r="1.6"/></g>
</svg>
`;
