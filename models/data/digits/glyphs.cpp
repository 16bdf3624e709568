#include <xgrad/models/data/digits/glyphs.hpp>

#include <array>
#include <cstddef>

namespace xgrad::digits {
namespace {

constexpr bool corner = true;

using Glyphs = std::vector<Glyph>;

// A line of knots for a line of code, or the digits could not be seen in them.
// clang-format off
const Glyphs zero{
    // Round, closed at the top.
    {3, {{{.50f, .02f}, {.26f, .10f}, {.10f, .35f}, {.08f, .65f}, {.24f, .92f}, {.48f, .99f}, {.72f, .88f},
          {.85f, .60f}, {.82f, .30f}, {.68f, .08f}, {.46f, .02f}}}},
    // Narrow, begun to the right of the top.
    {2, {{{.62f, .10f}, {.45f, .02f}, {.24f, .20f}, {.14f, .55f}, {.22f, .88f}, {.42f, .99f}, {.62f, .80f},
          {.70f, .45f}, {.64f, .15f}, {.50f, .03f}}}},
    // Ended inside.
    {1, {{{.40f, .05f}, {.16f, .25f}, {.10f, .65f}, {.34f, .98f}, {.70f, .86f}, {.86f, .46f}, {.72f, .10f},
          {.46f, .03f}, {.40f, .26f}}}},
    // Begun with a hook inside.
    {1, {{{.66f, .22f}, {.48f, .06f}, {.22f, .16f}, {.08f, .50f}, {.20f, .88f}, {.50f, .98f}, {.82f, .78f},
          {.88f, .40f}, {.68f, .08f}, {.42f, .04f}}}},
};

const Glyphs one{
    // A line.
    {6, {{{.50f, .00f}, {.50f, .50f}, {.50f, 1.00f}}}},
    // With a flag.
    {2, {{{.28f, .22f}, {.40f, .14f}, {.54f, .00f, corner}, {.53f, .50f}, {.52f, 1.00f}}}},
    // With a flag and a foot.
    {1, {{{.26f, .22f}, {.40f, .12f}, {.52f, .00f, corner}, {.51f, .50f}, {.50f, .98f}},
         {{.18f, .99f}, {.50f, .98f}, {.84f, .97f}}}},
};

const Glyphs two{
    // A sharp corner at the foot.
    {3, {{{.10f, .24f}, {.24f, .06f}, {.48f, .01f}, {.70f, .12f}, {.70f, .34f}, {.48f, .64f}, {.10f, .96f, corner},
          {.45f, .95f}, {.84f, .94f}}}},
    // A loop at the foot.
    {3, {{{.12f, .22f}, {.30f, .04f}, {.56f, .02f}, {.74f, .18f}, {.68f, .42f}, {.46f, .70f}, {.20f, .94f},
          {.06f, .92f}, {.12f, .78f}, {.34f, .80f}, {.58f, .94f}, {.90f, .92f}}}},
    // Flat at the top, nearly a Z.
    {1, {{{.06f, .12f}, {.36f, .06f}, {.76f, .08f}, {.64f, .34f}, {.12f, .94f, corner}, {.48f, .94f}, {.92f, .98f}}}},
    // A wave for a foot.
    {2, {{{.14f, .20f}, {.36f, .02f}, {.66f, .08f}, {.72f, .30f}, {.52f, .60f}, {.08f, .92f, corner}, {.32f, .84f},
          {.58f, .97f}, {.88f, .88f}}}},
};

const Glyphs three{
    // Two bows that meet in a point.
    {4, {{{.14f, .14f}, {.38f, .01f}, {.64f, .08f}, {.66f, .28f}, {.50f, .42f}, {.30f, .47f, corner}, {.56f, .49f},
          {.76f, .64f}, {.70f, .88f}, {.44f, .99f}, {.10f, .90f}}}},
    // Two bows with a small loop between.
    {2, {{{.16f, .12f}, {.44f, .00f}, {.68f, .14f}, {.60f, .36f}, {.40f, .50f}, {.30f, .46f}, {.40f, .43f},
          {.66f, .52f}, {.76f, .74f}, {.56f, .96f}, {.26f, .98f}, {.06f, .86f}}}},
    // A flat top.
    {1, {{{.12f, .05f}, {.40f, .04f}, {.72f, .03f, corner}, {.52f, .22f}, {.34f, .42f, corner}, {.62f, .46f},
          {.78f, .66f}, {.64f, .92f}, {.36f, .99f}, {.08f, .90f}}}},
};

const Glyphs four{
    // Open: an angle, and a line down on its right.
    {3, {{{.20f, .02f}, {.14f, .28f}, {.10f, .54f, corner}, {.45f, .53f}, {.86f, .48f}},
         {{.72f, .02f}, {.68f, .50f}, {.64f, 1.00f}}}},
    // Open and round, in one stroke that turns down at the right.
    {3, {{{.16f, .04f}, {.08f, .30f}, {.18f, .50f}, {.44f, .50f}, {.68f, .36f}, {.78f, .06f, corner}, {.70f, .52f},
          {.64f, 1.00f}}}},
    // Open and small, the line down long and slanted.
    {2, {{{.34f, .10f}, {.22f, .30f}, {.10f, .52f, corner}, {.42f, .50f}, {.80f, .44f}},
         {{.74f, .00f}, {.52f, .50f}, {.34f, 1.00f}}}},
    // Closed: down to the left, across, and a line through.
    {2, {{{.60f, .02f}, {.34f, .32f}, {.06f, .66f, corner}, {.45f, .65f}, {.88f, .63f}},
         {{.62f, .02f}, {.60f, .50f}, {.58f, 1.00f}}}},
};

const Glyphs five{
    // In one stroke from the right end of the top.
    {3, {{{.82f, .03f}, {.56f, .03f}, {.28f, .05f, corner}, {.23f, .24f}, {.18f, .44f, corner}, {.44f, .38f},
          {.70f, .50f}, {.74f, .76f}, {.52f, .96f}, {.24f, .98f}, {.06f, .88f}}}},
    // The top drawn last.
    {2, {{{.26f, .06f}, {.22f, .26f}, {.20f, .46f, corner}, {.48f, .42f}, {.72f, .60f}, {.66f, .88f}, {.38f, .99f},
          {.08f, .92f}},
         {{.26f, .06f}, {.56f, .05f}, {.86f, .01f}}}},
    // The top flung to the right, apart from the rest.
    {1, {{{.36f, .16f}, {.28f, .34f}, {.26f, .44f, corner}, {.52f, .44f}, {.64f, .66f}, {.46f, .92f}, {.06f, .98f}},
         {{.38f, .16f}, {.66f, .10f}, {1.00f, .02f}}}},
    // Round, nearly an S.
    {2, {{{.88f, .02f}, {.62f, .04f}, {.38f, .10f}, {.28f, .32f}, {.46f, .46f}, {.64f, .60f}, {.62f, .84f},
          {.38f, .99f}, {.08f, .92f}}}},
};

const Glyphs six{
    // A round back.
    {3, {{{.66f, .02f}, {.40f, .14f}, {.18f, .42f}, {.10f, .72f}, {.28f, .96f}, {.56f, .97f}, {.74f, .78f},
          {.62f, .56f}, {.38f, .56f}, {.14f, .76f}}}},
    // A straight back.
    {2, {{{.40f, .00f}, {.26f, .30f}, {.14f, .62f}, {.16f, .90f}, {.42f, .99f}, {.68f, .84f}, {.66f, .62f},
          {.44f, .54f}, {.16f, .74f}}}},
    // A small flat bowl that ends inside.
    {1, {{{.74f, .04f}, {.46f, .12f}, {.20f, .40f}, {.08f, .74f}, {.24f, .96f}, {.54f, .96f}, {.70f, .80f},
          {.54f, .66f}, {.30f, .74f}, {.22f, .86f}}}},
};

const Glyphs seven{
    // A bar across the top and a line down.
    {4, {{{.08f, .08f}, {.42f, .07f}, {.80f, .04f, corner}, {.60f, .46f}, {.42f, 1.00f}}}},
    // With a bar through the middle.
    {2, {{{.10f, .07f}, {.45f, .06f}, {.82f, .04f, corner}, {.62f, .46f}, {.44f, 1.00f}},
         {{.28f, .52f}, {.52f, .50f}, {.80f, .48f}}}},
    // With a hook at the left.
    {2, {{{.10f, .26f}, {.14f, .10f, corner}, {.46f, .08f}, {.80f, .05f, corner}, {.66f, .44f}, {.54f, 1.00f}}}},
    // Round at the right.
    {1, {{{.10f, .14f}, {.36f, .04f}, {.68f, .06f}, {.74f, .24f}, {.58f, .58f}, {.44f, 1.00f}}}},
};

const Glyphs eight{
    // One stroke, an S that comes back up.
    {4, {{{.72f, .14f}, {.50f, .01f}, {.24f, .10f}, {.24f, .32f}, {.48f, .48f}, {.72f, .68f}, {.66f, .92f},
          {.42f, .99f}, {.18f, .88f}, {.20f, .66f}, {.46f, .46f}, {.70f, .28f}, {.70f, .08f}}}},
    // Open at the top right.
    {2, {{{.82f, .10f}, {.50f, .02f}, {.22f, .18f}, {.40f, .42f}, {.64f, .64f}, {.60f, .92f}, {.34f, .98f},
          {.16f, .80f}, {.36f, .56f}, {.62f, .36f}, {.88f, .18f}}}},
    // A circle on a circle.
    {1, {{{.48f, .02f}, {.24f, .14f}, {.26f, .38f}, {.50f, .46f}, {.70f, .34f}, {.70f, .12f}, {.46f, .02f}},
         {{.48f, .47f}, {.20f, .60f}, {.18f, .86f}, {.46f, .99f}, {.76f, .86f}, {.74f, .60f}, {.46f, .47f}}}},
};

const Glyphs nine{
    // A straight stem.
    {3, {{{.74f, .12f}, {.50f, .02f}, {.22f, .14f}, {.14f, .38f}, {.34f, .50f}, {.60f, .38f}, {.76f, .12f, corner},
          {.70f, .54f}, {.64f, 1.00f}}}},
    // A loop that runs into the stem.
    {3, {{{.68f, .20f}, {.46f, .03f}, {.20f, .16f}, {.16f, .40f}, {.42f, .48f}, {.66f, .26f}, {.72f, .16f},
          {.68f, .48f}, {.54f, 1.00f}}}},
    // A curved tail.
    {2, {{{.74f, .16f}, {.50f, .02f}, {.22f, .14f}, {.18f, .40f}, {.44f, .48f}, {.70f, .32f}, {.76f, .20f},
          {.76f, .56f}, {.62f, .90f}, {.38f, .99f}, {.14f, .90f}}}},
};
// clang-format on

}  // namespace

std::span<const Glyph> glyphs(int digit) {
  static const std::array<const Glyphs*, 10> all{&zero, &one, &two, &three, &four, &five, &six, &seven, &eight, &nine};
  return *all[static_cast<std::size_t>(digit)];
}

}  // namespace xgrad::digits
