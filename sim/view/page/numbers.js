// Numbers and months as a reader of the language writes them.
(() => {
  const months = {
    sv: ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"],
    en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  };

  hemvist.number = (value, decimals, withSign) => {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    const factor = 10 ** decimals;
    const rounded = Math.round(value * factor) / factor;
    const [whole, part] = Math.abs(rounded).toFixed(decimals).split(".");
    const isSwedish = hemvist.language === "sv";
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, isSwedish ? "\u00a0" : ",");
    const text = part ? grouped + (isSwedish ? "," : ".") + part : grouped;
    return (rounded < 0 ? "\u2212" : withSign && rounded > 0 ? "+" : "") + text;
  };

  hemvist.withUnit = (text, unit) => (unit && text !== "–" ? `${text}\u00a0${unit}` : text);

  hemvist.year = (ground, month) => Math.floor((ground.start + month) / 12);

  hemvist.monthName = (ground, month) => {
    const calendar = ground.start + month;
    return `${months[hemvist.language][calendar % 12]} ${Math.floor(calendar / 12)}`;
  };
})();
