// Sums of a million equal float32 terms, wherever an operator sums. Added one after the other, 0.1 a million times is
// 100,958 instead of 100,000.

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "reference.hpp"
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using namespace xgrad;

namespace {

constexpr std::int64_t million = 1'000'000;
constexpr std::int64_t window = 3'000;  // of what costs the product of two sizes
constexpr double tenth = 0.1F;

Array filled(const Extents& shape, double value, DType dtype = DType::float32) {
  Array array(DType::float64, shape);
  std::fill_n(array.data<double>().data(), array.size(), value);
  return array.cast(dtype);
}

struct Case {
  std::string name;
  std::vector<Array> inputs;
  std::function<Tensor(const std::vector<Tensor>&)> build;
  double largest;  ///< of the result, which sums the most terms
};

/// The gradient for input 0 of the sum of `function`, weighted by input 1.
std::function<Tensor(const std::vector<Tensor>&)> gradient(
    const std::function<Tensor(const std::vector<Tensor>&)>& function) {
  return [=](const std::vector<Tensor>& x) { return gradients(sum(function(x) * x[1]), {x[0]})[0]; };
}

void check(const std::vector<Case>& cases, double tolerance = 1e-5) {
  for (const auto& [name, arrays, build, largest] : cases) {
    std::vector<Tensor> inputs;
    std::vector<ArrayRef> arguments;
    for (const auto& array : arrays) {
      inputs.push_back(input(Shape(array.shape()), {}, array.dtype()));
      arguments.emplace_back(array);
    }
    const test::Plain result(compile(inputs, {build(inputs)})(arguments)[0]);
    const double received = *std::max_element(result.values.begin(), result.values.end());
    BOOST_TEST(std::abs(received / largest - 1) < tolerance,
               name << ": expected " << largest << ", but got " << received);
  }
}

/// Reductions over axes, as functions of the number of elements.
struct Reduction {
  std::string name;
  std::function<Tensor(const Tensor&, const Axes&)> build;
  std::function<double(double)> expected;
};

const std::vector<Reduction> reductions{
    {"sum", [](auto& x, auto& axes) { return sum(x, axes); }, [](double n) { return n * tenth; }},
    {"nansum", [](auto& x, auto& axes) { return nansum(x, axes); }, [](double n) { return n * tenth; }},
    {"mean", [](auto& x, auto& axes) { return mean(x, axes); }, [](double) { return tenth; }},
    {"norm", [](auto& x, auto& axes) { return norm(x, 2, axes); }, [](double n) { return tenth * std::sqrt(n); }},
    {"norm of order 3", [](auto& x, auto& axes) { return norm(x, 3, axes); },
     [](double n) { return tenth * std::cbrt(n); }},
    {"logsumexp", [](auto& x, auto& axes) { return logsumexp(x, axes); }, [](double n) { return tenth + std::log(n); }},
    {"prod of numbers near 1", [](auto& x, auto& axes) { return prod(x * 0x1p-23 * 10 + 1, axes); },
     [](double n) { return std::exp(n * std::log1p(0x1p-23)); }},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(long_sums)

BOOST_AUTO_TEST_CASE(over_axes) {
  const std::vector<std::pair<Extents, Axes>> layouts{
      {{million}, 0},
      {{million, 2}, 0},
      {{2, million}, 1},
      {{million, 2, 2}, Axes{0, 2}},
      {{100, 3, 10000}, Axes{0, 2}},
      {{2, 1000, 2, 1000}, Axes{1, 3}},
  };
  for (const auto& [name, build, expected] : reductions) {
    for (const auto& [shape, axes] : layouts) {
      double count = 1;
      for (auto axis : axes.normalized("test", shape.size())) count *= static_cast<double>(shape[axis]);
      check({{name + " of " + to_string(shape),
              {filled(shape, tenth)},
              [&build = build, &axes = axes](auto& x) { return build(x[0], axes); },
              expected(count)}});
    }
  }
}

BOOST_AUTO_TEST_CASE(along_lines) {
  const double sum_of_all = tenth * million;
  const double step = 1 + 0x1p-23;
  for (const bool reverse : {false, true}) {
    for (const auto& [shape, axis] :
         std::vector<std::pair<Extents, int>>{{{million}, 0}, {{million, 3}, 0}, {{2, million}, 1}}) {
      const auto x = filled(shape, tenth);
      check({
          {"cumsum", {x}, [=](auto& x) { return cumsum(x[0], axis, reverse); }, sum_of_all},
          {"cumprod",
           {filled(shape, step)},
           [=](auto& x) { return cumprod(x[0], axis, reverse); },
           std::exp(million * std::log1p(0x1p-23))},
          {"linear_recurrence",
           {filled(shape, 1), x},
           [=](auto& x) { return linear_recurrence(x[0], x[1], axis, reverse); },
           sum_of_all},
          {"the gradient of cumsum",
           {filled(shape, 1), x},
           gradient([=](auto& x) { return cumsum(x[0], axis, reverse); }),
           sum_of_all},
          {"the gradient of cumprod",
           {filled(shape, 1), x},
           gradient([=](auto& x) { return cumprod(x[0], axis, reverse); }),
           sum_of_all},
          {"the gradient of logcumsumexp",
           {filled(shape, 3), filled(shape, 1)},
           gradient([=](auto& x) { return logcumsumexp(x[0], axis); }),
           std::log(million) + 0.5772156649 + 0.5 / million},  // the harmonic number
          {"logcumsumexp", {x}, [=](auto& x) { return logcumsumexp(x[0], axis); }, tenth + std::log(million)},
      });
    }
  }
}

BOOST_AUTO_TEST_CASE(into_one_place) {
  const double sum_of_all = tenth * million;
  const auto zeros = filled({million}, 0, DType::int32);
  const auto terms = filled({million}, tenth);
  const auto pairs = filled({million, 2}, tenth);
  const auto columns = filled({2, million}, tenth);
  const auto table = filled({3, 2}, 0);
  check({
      {"index_add", {filled({3}, 0), zeros, terms}, [](auto& x) { return index_add(x[0], x[1], x[2]); }, sum_of_all},
      {"index_add of rows", {table, zeros, pairs}, [](auto& x) { return index_add(x[0], x[1], x[2]); }, sum_of_all},
      {"index_add to what is there",
       {filled({3}, 1000), zeros, terms},
       [](auto& x) { return index_add(x[0], x[1], x[2]); },
       1000 + sum_of_all},
      {"index_add of columns",
       {filled({2, 3}, 0), zeros, columns},
       [](auto& x) { return index_add(x[0], x[1], x[2], 1); },
       sum_of_all},
      {"scatter_add",
       {filled({3}, 0), zeros, terms},
       [](auto& x) { return scatter_add(x[0], 0, x[1], x[2]); },
       sum_of_all},
      {"the gradient of take", {table, pairs, zeros}, gradient([](auto& x) { return take(x[0], x[2]); }), sum_of_all},
      {"the gradient of embedding",
       {table, pairs, zeros},
       gradient([](auto& x) { return embedding(x[0], x[2]); }),
       sum_of_all},
      {"the gradient of gather",
       {filled({3}, 0), terms, zeros},
       gradient([](auto& x) { return gather(x[0], 0, x[2]); }),
       sum_of_all},
      {"the gradient of an edge",
       {filled({1}, 0), terms},
       gradient([](auto& x) {
         return pad(x[0], {{0, million - 1}}, PadMode::edge);
       }),
       sum_of_all},
      {"the gradient of a broadcast",
       {filled({1, 2}, 0), pairs},
       gradient([](auto& x) {
         return broadcast_to(x[0], {million, 2});
       }),
       sum_of_all},
  });
}

BOOST_AUTO_TEST_CASE(under_windows) {
  const auto line = filled({1, million, 1}, tenth);
  const auto lines = filled({1, million, 3}, tenth);
  const auto counts = million;
  Array peak = filled({1, 2 * window - 1, 1}, 0);
  peak.data<float>()[window - 1] = 1;
  check({
      {"average_pool1d", {line}, [=](auto& x) { return average_pool1d(x[0], counts); }, tenth},
      {"average_pool1d of channels", {lines}, [=](auto& x) { return average_pool1d(x[0], counts); }, tenth},
      {"average_pool2d",
       {filled({1, 1000, 1000, 2}, tenth)},
       [](auto& x) { return average_pool2d(x[0], 1000); },
       tenth},
      {"adaptive_average_pool1d", {lines}, [](auto& x) { return adaptive_average_pool1d(x[0], 1); }, tenth},
      {"global_average_pool", {lines}, [](auto& x) { return global_average_pool(x[0]); }, tenth},
      {"the gradient of interpolate",
       {filled({1, 1, 1}, 0), line},
       gradient([=](auto& x) { return interpolate(x[0], counts); }),
       tenth * million},
  });
  // The length of a line is all that may cost memory here: 3,000 terms show a drift of 3e-6.
  check({{"the gradient of average_pool1d",
          {peak, filled({1, window, 1}, tenth)},
          gradient([](auto& x) { return average_pool1d(x[0], window, {.strides = 1}); }),
          tenth},
         {"the gradient of max_pool1d",
          {peak, filled({1, window, 1}, tenth)},
          gradient([](auto& x) { return max_pool1d(x[0], window, {.strides = 1}); }),
          tenth * window},
         {"fold",
          {filled({1, window, window}, tenth)},
          [](auto& x) { return fold(x[0], 2 * window - 1, window); },
          tenth * window}},
        1e-6);
}

/// The gradient for the weights (input 1) of a convolution, weighted by input 2.
std::function<Tensor(const std::vector<Tensor>&)> weight_gradient(const ConvolutionOptions& options) {
  return [=](const std::vector<Tensor>& x) { return gradients(sum(conv1d(x[0], x[1], options) * x[2]), {x[1]})[0]; };
}

BOOST_AUTO_TEST_CASE(of_gradients_of_convolutions) {
  const auto line = filled({1, million, 1}, tenth);
  const auto ones = filled({1, million, 1}, 1);
  const auto pairs = filled({1, million, 2}, tenth);
  const auto samples = filled({1000, 1000, 2}, tenth);
  const double sum_of_all = tenth * million;
  const ConvolutionOptions same{.padding = "same"};
  const ConvolutionOptions depthwise{.padding = "same", .groups = 2};
  check({
      {"one channel", {line, filled({3, 1, 1}, 0), ones}, weight_gradient(same), sum_of_all},
      {"one channel, many filters",
       {line, filled({3, 1, 9}, 0), filled({1, million, 9}, 1)},
       weight_gradient(same),
       sum_of_all},
      {"a window without padding",
       {line, filled({2, 1, 3}, 0), filled({1, million - 1, 3}, 1)},
       weight_gradient({}),
       sum_of_all},
      {"depthwise", {pairs, filled({3, 1, 2}, 0), filled({1, million, 2}, 1)}, weight_gradient(depthwise), sum_of_all},
      {"depthwise over samples",
       {samples, filled({3, 1, 2}, 0), filled({1000, 1000, 2}, 1)},
       weight_gradient(depthwise),
       sum_of_all},
      {"many taps", {line, filled({million, 1, 1}, 1)}, [](auto& x) { return conv1d(x[0], x[1], {}); }, sum_of_all},
      {"many taps of channels",
       {pairs, filled({million, 1, 2}, 1)},
       [](auto& x) { return conv1d(x[0], x[1], {.groups = 2}); },
       sum_of_all},
  });
}

// Infinities stay what they are where sums are compensated.
BOOST_AUTO_TEST_CASE(of_infinities) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  for (const auto dtype : {DType::float32, DType::float64}) {
    Array values = filled({100}, 1);
    values.data<float>()[50] = infinity;
    const auto x = constant(values.cast(dtype));
    const auto last = [](const Tensor& tensor) { return test::Plain(eval(tensor)).values; };
    const auto zeros = constant(filled({100}, 0, DType::int32));
    const auto start = constant(filled({2}, 0).cast(dtype));
    const auto added = last(index_add(start, zeros, x));
    BOOST_TEST(added[0] == infinity);
    BOOST_TEST(added[1] == 0);
    BOOST_TEST(last(scatter_add(start, 0, zeros, x))[0] == infinity);
    for (const auto& sums : {last(cumsum(x, 0)), last(linear_recurrence(ones_like(x), x, 0)), last(logcumsumexp(x, 0)),
                             last(cumprod(x, 0))}) {
      BOOST_TEST(std::isfinite(sums[49]));
      BOOST_TEST(sums[50] == infinity);
      BOOST_TEST(sums[99] == infinity);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
