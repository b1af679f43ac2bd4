/** Paths of pictures on a square of 24, drawn for this portal. */
export const icons = {
  today: 'M4 5h16v15H4zM4 9h16M8 3v4M16 3v4',
  inbox: 'M3 6h18v12H3zM3 7l9 7 9-7',
  absence: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3',
  places: 'M4 11l8-7 8 7v9H4zM10 20v-6h4v6',
  work: 'M5 4h14v17H5zM9 2h6v4H9zM8 12l3 3 5-6',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 5v4M8 15v4',
} as const;
