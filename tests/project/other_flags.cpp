// A program with other flags than the library was built with: everything that both know the layout of goes across once.
#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/io/idx.hpp>
#include <xgrad/xgrad.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>

namespace xg = xgrad;

namespace {

int failures = 0;

void check(bool is_right, const char* what) {
  if (is_right) return;
  std::cout << "other_flags: wrong: " << what << '\n';
  ++failures;
}

xg::Tensor square_and_exp(const xg::Tensor& x) {
  static const auto op = xg::elementwise<1, xg::FloatingTypes>(
      "square_and_exp", [](const auto& a) { return a * a + xt::exp(a); },
      {.vjp = {[](const xg::Vjp& at) { return at.cotangent() * (at.input() * 2 + xg::exp(at.input())); }}});
  return xg::apply(op, {x});
}

void images_and_labels() {
  const auto [train, test] = xg::synthetic_digits({.train = 3, .test = 2});
  check(train.images.shape() == xt::xarray<std::uint8_t>::shape_type{3, 28, 28}, "shape of images");
  check(test.labels.size() == 2 && *std::ranges::max_element(test.labels) < 10, "labels");
  const auto text = xg::ascii_digit(xt::view(train.images, 1));
  check(text.size() == 28 * 29 && text.find_first_not_of(" \n") != std::string::npos, "image as text");
  check(xg::digit_sheet(train.images, 1, 3).size() == 14 * (3 * 28 + 1), "sheet");
  xg::write_idx("images", train.images);
  check(xg::read_idx("images") == train.images, "IDX file");
  std::filesystem::remove("images");
  const xt::xarray<float> rows{{0, 0, 1}, {1, 0, 0}, {0, 1, 0}};
  check(xg::to_categorical(xt::xarray<std::uint8_t>{2, 0, 1}) == rows, "to_categorical");
}

void arrays() {
  const xt::xtensor<double, 2> x{{1, 2, 3}, {4, 5, 6}};
  auto f = xg::compile({}, {xg::transpose(xg::constant(x)) + xg::constant(xt::transpose(x))});
  const xt::xtensor<double, 2> sum = f()[0];
  check(sum == 2 * xt::transpose(x), "constants");
  const auto input = xg::input({xg::batch}, "x");
  const auto output = xg::sum(square_and_exp(input));
  auto slope = xg::compile({input}, {output, xg::gradients(output, {input})[0]});
  const auto results = slope(xt::xtensor<float, 1>{0, 1, -2, 0.5f, 3});
  const xt::xtensor<float, 1> slopes = results[1];
  check(
      std::abs(results[0].item() - (14.25 + 1 + std::exp(1.0) + std::exp(-2.0) + std::exp(0.5) + std::exp(3.0))) < 1e-4,
      "operator of the program");
  check(std::abs(slopes(2) - (-4 + std::exp(-2.0))) < 1e-5, "its derivative");
}

void models() {
  xg::Sequential model{xg::Dense{.units = 3, .input_shape = {2}}};
  model.compile({.optimizer = "adam",
                 .loss = [](const xg::Tensor& y, const xg::Tensor& p) { return xg::mean(xg::square(y - p), {-1}); }});
  const xt::xtensor<float, 2> x{{1, 2}, {3, 4}, {5, 6}};
  const auto history = model.fit(x, xt::xarray<float>(xt::ones<float>({3, 3})), {.epochs = 3, .verbose = 0});
  check(history.history["loss"].size() == 3, "history");
  const xt::xtensor<float, 2> p = model.predict(x);
  const xt::xtensor<float, 2> kernel = model.weights()[0].value();
  const xt::xtensor<float, 1> bias = model.weights()[1].value();
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t unit = 0; unit < 3; ++unit) {
      const float expected = x(row, 0) * kernel(0, unit) + x(row, 1) * kernel(1, unit) + bias(unit);
      check(std::abs(p(row, unit) - expected) < 1e-5f, "prediction");
    }
  }
}

}  // namespace

int main() {
  images_and_labels();
  arrays();
  models();
  return failures;
}
