// 识码 (reading QR codes): by the browser's own detector where it has one, else by jsQR; pictures stay on this device.

const SIDES = [1000, 1600, 2400]; // pixels of the longer side: a code may be all of a photograph, or a corner of it

const detector = "BarcodeDetector" in window ? new BarcodeDetector({ formats: ["qr_code"] }) : null;

/** Return the text of the first QR code in a picture, "" where none is seen (识别). */
async function seen(source, width, height, sides = SIDES) {
  const found = detector ? await detector.detect(source).catch(() => []) : [];
  if (found.length) return found[0].rawValue;
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  for (const side of sides) {
    const scale = Math.min(1, side / Math.max(width, height));
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    pen.drawImage(source, 0, 0, canvas.width, canvas.height);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    const code = jsQR(data, canvas.width, canvas.height);
    if (code) return new TextDecoder().decode(Uint8Array.from(code.binaryData));
    if (scale === 1) break;
  }
  return "";
}
