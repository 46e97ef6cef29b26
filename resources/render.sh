#!/bin/sh
# Renders the PNG files from the SVG files; needs rsvg-convert (Debian: librsvg2-bin).
set -eu
cd "$(dirname "$0")"
for size in 16 32 48 64 128 256 512; do
  rsvg-convert -w "$size" -h "$size" icons/patchbay.svg -o "icons/patchbay-$size.png"
done
for svg in tray/*.svg; do
  rsvg-convert -w 22 -h 22 "$svg" -o "${svg%.svg}.png"
  rsvg-convert -w 44 -h 44 "$svg" -o "${svg%.svg}@2x.png"
done
