#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/flip.hpp>
#include <xgrad/ops/moveaxis.hpp>
#include <xgrad/ops/slice/progression.hpp>

namespace xgrad {

Tensor flip(const Tensor& x, const Axes& axes) {
  std::vector<Progression> places;
  for (const Dim size : x.shape()) places.push_back(Progression::all(size));
  for (auto axis : axes.normalized("flip", x.rank())) places[axis] = {-1, -1, x.shape()[axis]};
  return gather_progressions(x, std::move(places));
}

Tensor rot90(const Tensor& x, std::int64_t k, std::array<std::int64_t, 2> axes) {
  const auto [from, to] = axes;
  Axes{from, to}.normalized("rot90", x.rank());
  switch (k % 4 + (k % 4 < 0 ? 4 : 0)) {
    case 0:
      return x;
    case 1:
      return swapaxes(flip(x, to), from, to);
    case 2:
      return flip(x, {from, to});
    default:
      return flip(swapaxes(x, from, to), to);
  }
}

static const Register registered_flip{{
    .name = "flip",
    .family = OperatorFamily::shape,
    .signature = "flip(x, axes = all)",
    .summary = "x with its elements in reverse order along axes.",
    .formula = "result[i] = x[n - 1 - i]",
    .gradient = "c reversed along the same axes",
    .shapes = "x: the shape of x",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents shape, std::vector<std::int64_t> axes) {
            samples.push_back({std::move(label),
                               {sample_values(shape)},
                               [=](auto x) { return flip(x[0], Axes(axes)); },
                               {{"axes", {axes.begin(), axes.end()}}}});
          };
          add("rows", {3, 2}, {0});
          add("columns", {2, 3}, {-1});
          add("two axes", {2, 3, 2}, {2, 0});
          add("the axis in the middle", {2, 3, 2}, {1});
          add("no axis", {2, 2}, {});
          add("one element", {1}, {0});
          add("no elements", {0, 3}, {1});
          samples.push_back(
              {"all axes", {sample_values({2, 3})}, [](auto x) { return flip(x[0]); }, {{"axes", {0, 1}}}});
          samples.push_back({"scalar", {sample_values({})}, [](auto x) { return flip(x[0]); }});
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{{"an axis that does not exist",
                                         [] {
                                           flip(input({2, 3}), 2);
                                         },
                                         "flip: axis 2 does not exist"},
                                        {"an axis twice",
                                         [] {
                                           flip(input({2, 3}), {0, -2});
                                         },
                                         "flip: axis 0 is named twice"}};
        },
}};

static const Register registered_rot90{{
    .name = "rot90",
    .family = OperatorFamily::shape,
    .signature = "rot90(x, k = 1, axes = {0, 1})",
    .summary = "x turned by k times 90 degrees in the plane of two axes, from the first towards the second.",
    .formula = "result[i, j] = x[j, m - 1 - i] for k = 1",
    .gradient = "c turned by -k times 90 degrees",
    .shapes = "x (n, m): (m, n) for odd k, (n, m) for even k",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Extents shape, std::int64_t k,
                               std::array<std::int64_t, 2> axes = {0, 1}) {
            samples.push_back({std::move(label),
                               {sample_values(shape)},
                               [=](auto x) { return rot90(x[0], k, axes); },
                               {{"k", {static_cast<double>(k)}},
                                {"axes", {static_cast<double>(axes[0]), static_cast<double>(axes[1])}}}});
          };
          add("once", {2, 3}, 1);
          add("twice", {2, 3}, 2);
          add("three times", {2, 3}, 3);
          add("four times", {2, 3}, 4);
          add("back", {2, 3}, -1);
          add("the last axes", {2, 3, 2}, 1, {1, 2});
          add("the other way", {2, 3, 2}, 5, {-1, 1});
          add("one element", {1, 1}, 1);
          add("no elements", {0, 2}, 1);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{{"a vector", [] { rot90(input({3})); }, "rot90: axis 1 does not exist"},
                                        {"one axis twice",
                                         [] {
                                           rot90(input({2, 3}), 1, {1, -1});
                                         },
                                         "rot90: axis 1 is named twice"}};
        },
}};

}  // namespace xgrad
