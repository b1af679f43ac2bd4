import sharp from 'sharp';

/** What a camera says beside the picture, to be looked for where it may not be. */
export const plantedInPhotos = ['Planted-Camera', 'Exif', 'GPS'] as const;

/** A photograph as a telephone takes it: it says with what, and where. */
export function aPhoto(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#080', noise } })
    .jpeg()
    .withExif({
      IFD0: { Make: 'Planted-Camera' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '60/1 23/1 0/1' },
    })
    .toBuffer();
}

/** What a picture is, by what decodes it. */
export async function pictureOf(
  content: Buffer,
): Promise<{ readonly format: string | undefined; readonly width: number; readonly height: number }> {
  const { format, width, height } = await sharp(content).metadata();
  return { format, width, height };
}
