// 签名 (a signature on the screen): strokes on a canvas, kept as PNG.

/** Let a canvas be signed (签名板): `changed` hears the picture after every stroke, "" where it was cleared. */
function signable(canvas, picture, changed) {
  const pen = canvas.getContext("2d");
  pen.lineWidth = 2.5;
  pen.lineCap = "round";
  let last = null;

  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };
  const begin = (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
  };
  const move = (event) => {
    if (!last) return;
    const next = place(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    last = next;
  };
  const end = () => {
    if (!last) return;
    last = null;
    changed(canvas.toDataURL("image/png"));
  };
  canvas.addEventListener("pointerdown", begin);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  if (picture) {
    const image = new Image();
    image.onload = () => pen.drawImage(image, 0, 0);
    image.src = picture;
  }
  return () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    changed("");
  };
}
