// A project outside the tree: learns the line y = 3 x - 1 with nothing but an installed xgrad.
#include <xgrad/xgrad.hpp>

#include <cmath>
#include <iostream>

namespace xg = xgrad;

int main() {
  auto x = xg::input({xg::batch, 1}, "x");
  auto y = xg::input({xg::batch, 1}, "y");
  auto slope = xg::parameter(xt::zeros<float>({1, 1}), "slope");
  auto offset = xg::parameter(xt::zeros<float>({1}), "offset");

  auto loss = xg::mean(xg::mean_squared_error(y, xg::dot(x, slope) + offset));
  auto gradients = xg::gradients(loss, {slope, offset});
  auto step = xg::compile({x, y}, {loss}, xg::SGD{.learning_rate = 0.5}.updates({slope, offset}, gradients));

  const xt::xtensor<float, 2> points{{-1.0f}, {-0.5f}, {0.0f}, {0.5f}, {1.0f}};
  const xt::xtensor<float, 2> values = 3.0f * points - 1.0f;
  float last_loss = 1.0f;
  for (int i = 0; i < 100; ++i) last_loss = xt::xarray<float>(step(points, values)[0])();

  std::cout << "loss after 100 steps: " << last_loss << '\n';
  return last_loss < 1e-6f ? 0 : 1;
}
