#include <xgrad/models/data/digits/elastic_field.hpp>
#include <xgrad/models/data/digits/glyphs.hpp>
#include <xgrad/models/data/digits/handwriting.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace xgrad::digits {
namespace {

constexpr float image_middle = 14;
constexpr int steps_per_curve = 6;

Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
Point operator*(float factor, Point a) { return {factor * a.x, factor * a.y}; }
float length(Point a) { return std::sqrt(a.x * a.x + a.y * a.y); }

/// What stays the same through one digit.
struct Hand {
  explicit Hand(RandomStream& random)
      : carelessness(random.uniform(0.5f, 1.5f)),
        roundness(random.uniform(0.32f, 0.42f)),
        waist(0.26f * random.normal()),
        taper(0.22f * random.normal()),
        bend(0.25f * random.normal()),
        width(std::max(1 + 0.22f * random.normal(), 0.5f)),
        slant(0.15f + 0.25f * random.normal()),
        half_turn(0.5f * 0.12f * random.normal()),
        size(20 * random.uniform(0.93f, 1.01f)),
        radius(std::clamp(1.30f + 0.32f * random.normal(), 0.75f, 2.3f)),
        plane(0.07f * carelessness, random) {}

  /// From the plane of the glyphs to that of the paper, about the middle of the digit.
  Point place(Point point) const {
    const auto moved = point + plane.at(point) - Point{0.5f, 0.5f};
    // Nothing moves at the top and the bottom, most in the middle.
    const float swell = std::max(0.25f - moved.y * moved.y, 0.0f);
    const Point warped{(width * (1 + taper * moved.y)) * moved.x + bend * swell, moved.y + waist * swell};
    const Point slanted{warped.x - slant * warped.y, warped.y};
    // The rotation by the angle whose half has this tangent, without a sine.
    const float square = half_turn * half_turn;
    const float cosine = (1 - square) / (1 + square), sine = 2 * half_turn / (1 + square);
    return {cosine * slanted.x - sine * slanted.y, sine * slanted.x + cosine * slanted.y};
  }

  float carelessness;
  float roundness;
  /// How far the middle is moved down, how much wider the bottom is than the top, how far the middle is moved right.
  float waist, taper, bend;
  float width;
  float slant;
  /// The tangent of half the rotation.
  float half_turn;
  /// Pixels: the larger side of the digit, half the width of the pen's line.
  float size, radius;
  ElasticField plane;
};

const Glyph& choose_glyph(int digit, RandomStream& random) {
  const auto choices = glyphs(digit);
  float total = 0;
  for (const auto& glyph : choices) total += glyph.weight;
  float left = random.uniform(0, total);
  for (const auto& glyph : choices) {
    if (left < glyph.weight) return glyph;
    left -= glyph.weight;
  }
  return choices.back();
}

Stroke jittered(Stroke stroke, float deviation, RandomStream& random) {
  for (auto& knot : stroke) {
    knot.x += deviation * random.normal();
    knot.y += deviation * random.normal();
  }
  return stroke;
}

/// The points of a smooth curve through the knots: a cubic Bezier curve from each knot to the next. At a smooth knot
/// its handles lie along the line between the neighbours, each as long as `roundness` of the way to the neighbour on
/// its side.
std::vector<Point> curve_through(const Stroke& stroke, float roundness) {
  const auto at = [&](std::size_t i) { return Point{stroke[i].x, stroke[i].y}; };
  const auto handle = [&](std::size_t i, std::size_t toward) {
    const float reach = roundness * length(at(toward) - at(i));
    const bool end = i == 0 || i + 1 == stroke.size() || stroke[i].corner;
    const Point direction = end ? at(toward) - at(i) : toward > i ? at(i + 1) - at(i - 1) : at(i - 1) - at(i + 1);
    const float norm = length(direction);
    return norm > 0 ? at(i) + (reach / norm) * direction : at(i);
  };

  std::vector<Point> points{at(0)};
  for (std::size_t i = 0; i + 1 < stroke.size(); ++i) {
    const auto a = at(i), b = handle(i, i + 1), c = handle(i + 1, i), d = at(i + 1);
    for (int step = 1; step <= steps_per_curve; ++step) {
      const float t = static_cast<float>(step) / steps_per_curve, s = 1 - t;
      points.push_back((s * s * s) * a + (3 * s * s * t) * b + (3 * s * t * t) * c + (t * t * t) * d);
    }
  }
  return points;
}

/// Adds a stroke, pressed harder here and lighter there. Positions are still those of the plane, radii are pixels.
void add_ink(const std::vector<Point>& points, float radius, RandomStream& random, std::vector<InkSegment>& ink) {
  const float begin = 1 + 0.15f * random.normal(), middle = 1 + 0.12f * random.normal();
  const float end = 1 + 0.20f * random.normal();
  const auto pen = [&](std::size_t i) {
    const float t = 2 * static_cast<float>(i) / static_cast<float>(points.size() - 1);
    const float pressure = t < 1 ? begin + t * (middle - begin) : middle + (t - 1) * (end - middle);
    return PenPoint{points[i].x, points[i].y, std::max(radius * (pressure + 0.10f * random.normal()), 0.5f)};
  };
  auto from = pen(0);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto to = pen(i);
    ink.push_back({from, to});
    from = to;
  }
}

/// Scales and moves the ink so that the box around it is `size` pixels high or wide, whichever is more, in the middle.
void fit(std::vector<InkSegment>& ink, float size, float radius, Point offset) {
  Point low{ink[0].from.x, ink[0].from.y}, high = low;
  for (const auto& segment : ink) {
    for (const auto& point : {segment.from, segment.to}) {
      low = {std::min(low.x, point.x), std::min(low.y, point.y)};
      high = {std::max(high.x, point.x), std::max(high.y, point.y)};
    }
  }
  const float scale = (size - 2 * radius) / std::max(high.x - low.x, high.y - low.y);
  const auto middle = 0.5f * (low + high);
  for (auto& segment : ink) {
    for (auto* point : {&segment.from, &segment.to}) {
      point->x = image_middle + offset.x + scale * (point->x - middle.x);
      point->y = image_middle + offset.y + scale * (point->y - middle.y);
    }
  }
}

}  // namespace

std::vector<InkSegment> write_digit(int digit, RandomStream& random) {
  const auto& glyph = choose_glyph(digit, random);
  const Hand hand(random);

  std::vector<InkSegment> ink;
  for (const auto& stroke : glyph.strokes) {
    auto points = curve_through(jittered(stroke, 0.02f * hand.carelessness, random), hand.roundness);
    for (auto& point : points) point = hand.place(point);
    add_ink(points, hand.radius, random, ink);
  }
  const float offset_x = random.uniform(-0.5f, 0.5f), offset_y = random.uniform(-0.5f, 0.5f);
  fit(ink, hand.size, hand.radius, {offset_x, offset_y});
  return ink;
}

}  // namespace xgrad::digits
