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
}};

static const Register registered_rot90{{
    .name = "rot90",
    .family = OperatorFamily::shape,
    .signature = "rot90(x, k = 1, axes = {0, 1})",
    .summary = "x turned by k times 90 degrees in the plane of two axes, from the first towards the second.",
    .formula = "result[i, j] = x[j, m - 1 - i] for k = 1",
    .gradient = "c turned by -k times 90 degrees",
    .shapes = "x (n, m): (m, n) for odd k, (n, m) for even k",
}};

}  // namespace xgrad
