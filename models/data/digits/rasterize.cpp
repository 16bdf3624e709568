#include <xgrad/models/data/digits/rasterize.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace xgrad::digits {
namespace {

// Room around the image, because ink may lie outside before the image is centred.
constexpr int margin = 6;
constexpr int canvas_size = image_size + 2 * margin;

// How many pixels the edge of a line takes to fade out.
constexpr float fading = 1.3f;

/// How far inside the ink (positive) or outside of it (negative) each pixel is, in pixels.
using Canvas = std::array<std::array<float, canvas_size>, canvas_size>;

int pixel(float position) { return std::clamp(static_cast<int>(std::floor(position)), 0, canvas_size - 1); }

void draw(const InkSegment& segment, Canvas& canvas) {
  const auto& [from, to] = segment;
  const float reach = std::max(from.radius, to.radius) + fading;
  const float dx = to.x - from.x, dy = to.y - from.y, widening = to.radius - from.radius;
  const float length_squared = dx * dx + dy * dy;
  const float scale = length_squared > 0 ? 1 / length_squared : 0;

  const int left = pixel(std::min(from.x, to.x) - reach + margin),
            right = pixel(std::max(from.x, to.x) + reach + margin);
  const int top = pixel(std::min(from.y, to.y) - reach + margin),
            bottom = pixel(std::max(from.y, to.y) + reach + margin);
  for (int row = top; row <= bottom; ++row) {
    const float y = static_cast<float>(row - margin) + 0.5f - from.y;
    for (int column = left; column <= right; ++column) {
      const float x = static_cast<float>(column - margin) + 0.5f - from.x;
      const float along = std::clamp((x * dx + y * dy) * scale, 0.0f, 1.0f);
      const float off_x = x - along * dx, off_y = y - along * dy;
      const float depth = from.radius + along * widening - std::sqrt(off_x * off_x + off_y * off_y);
      auto& deepest = canvas[row][column];
      deepest = std::max(deepest, depth);
    }
  }
}

/// From the middle of the canvas to the centre of mass; `moment` is in half pixels.
int whole_pixels(int moment, int mass) {
  if (mass == 0) return 0;
  const float distance = static_cast<float>(moment) / static_cast<float>(2 * mass);
  return std::clamp(static_cast<int>(std::floor(distance + 0.5f)), -margin, margin);
}

}  // namespace

void rasterize(std::span<const InkSegment> ink, std::span<std::uint8_t, image_size * image_size> image) {
  // GCC 12.2 for Zen 4 fills it with aligned stores of whole vectors, but aligns the stack only when told to.
  alignas(64) Canvas canvas;
  for (auto& row : canvas) row.fill(-fading);
  for (const auto& segment : ink) draw(segment, canvas);

  std::array<std::array<std::uint8_t, canvas_size>, canvas_size> grey;
  int mass = 0, moment_x = 0, moment_y = 0;
  for (int row = 0; row < canvas_size; ++row) {
    for (int column = 0; column < canvas_size; ++column) {
      const float cover = std::clamp(canvas[row][column] / fading + 0.5f, 0.0f, 1.0f);
      const int value = static_cast<int>(cover * 255 + 0.5f);
      grey[row][column] = static_cast<std::uint8_t>(value);
      mass += value;
      moment_x += value * (2 * column + 1 - canvas_size);
      moment_y += value * (2 * row + 1 - canvas_size);
    }
  }

  const int shift_x = whole_pixels(moment_x, mass), shift_y = whole_pixels(moment_y, mass);
  for (int row = 0; row < image_size; ++row) {
    const auto* from = grey[row + margin + shift_y].data() + margin + shift_x;
    std::copy_n(from, image_size, image.begin() + row * image_size);
  }
}

}  // namespace xgrad::digits
