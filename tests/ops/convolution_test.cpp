// Convolutions large enough to be cut: patches go through products of matrices a part at a time, rows of results in
// blocks.

#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/backends/convolution_backend.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/ops/convolution.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "battery.hpp"
#include <numeric>

using namespace xgrad;
using namespace xgrad::test;

namespace {

/// A convolution over (samples, 12, 11, 8) with a square of taps, an odd number of them on each side.
struct Large {
  std::int64_t samples;
  std::int64_t taps;
  std::int64_t groups;
  std::int64_t filters;

  Extents x() const { return {samples, 12, 11, 8}; }
  Extents weights() const { return {taps, taps, 8 / groups, filters}; }
  Extents y() const { return {samples, 12, 11, filters}; }
  ConvolutionOptions options() const { return {.padding = "same", .groups = groups}; }

  /// By plain loops.
  Plain reference(const Array& x, const Array& weights) const {
    const auto padding = static_cast<double>(taps / 2);
    const Sample sample{{}, {}, {}, {{"before", {padding, padding}}, {"after", {padding, padding}}}};
    const Plain inputs[] = {Plain(x), Plain(weights)};
    return references().at("conv2d")(sample, inputs);
  }
};

double inner(const Plain& left, const Plain& right) {
  return std::inner_product(left.values.begin(), left.values.end(), right.values.begin(), 0.0);
}

/// The convolution of a large x with weights, and the gradients of its inner product with c.
Function function_of(const Large& large, DType dtype) {
  const std::vector<Tensor> inputs{input({batch, 12, 11, 8}, "x", dtype),
                                   input(Shape(large.weights()), "weights", dtype),
                                   input({batch, 12, 11, large.filters}, "c", dtype)};
  const auto y = conv2d(inputs[0], inputs[1], large.options());
  const auto slopes = gradients(sum(y * inputs[2]), {inputs[0], inputs[1]});
  return compile(inputs, {y, slopes[0], slopes[1]});
}

std::vector<Array> run(const Large& large, const Array& x, const Array& weights, const Array& c) {
  return function_of(large, x.dtype())(x, weights, c);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(large_convolutions)

// The gradients of <c, conv(x, weights)>, which is linear in each of the two, are held by their products with arbitrary
// directions.
BOOST_AUTO_TEST_CASE(agree_with_plain_loops) {
  for (const auto& large : {Large{9, 3, 1, 12}, Large{9, 3, 2, 12}, Large{70, 3, 4, 12}, Large{5, 9, 8, 8}}) {
    const auto x = sample_values(large.x());
    const auto weights = sample_values(large.weights(), -1, 1, 1);
    const auto c = sample_values(large.y(), -1, 1, 2);
    const auto results = run(large, x, weights, c);

    check_close(results[0], large.reference(x, weights), 1e-12);
    const auto u = sample_values(large.x(), -1, 1, 3);
    const auto v = sample_values(large.weights(), -1, 1, 4);
    BOOST_TEST(inner(Plain(results[1]), Plain(u)) == inner(Plain(c), large.reference(u, weights)),
               boost::test_tools::tolerance(1e-9));
    BOOST_TEST(inner(Plain(results[2]), Plain(v)) == inner(Plain(c), large.reference(x, v)),
               boost::test_tools::tolerance(1e-9));
  }
}

// float64 never goes to a library.
BOOST_AUTO_TEST_CASE(of_float32_are_those_of_float64_rounded) {
  for (const auto& large : {Large{9, 3, 1, 16}, Large{70, 3, 2, 12}, Large{3, 3, 8, 8}, Large{0, 3, 1, 16}}) {
    const auto x = sample_values(large.x());
    const auto weights = sample_values(large.weights(), -1, 1, 1);
    const auto c = sample_values(large.y(), -1, 1, 2);
    const auto expected = run(large, x, weights, c);
    const auto single = [](const Array& array) { return array.cast(DType::float32); };
    const auto received = run(large, single(x), single(weights), single(c));
    for (std::size_t i = 0; i < expected.size(); ++i) {
      check_close(received[i].cast(DType::float64), Plain(expected[i]), 1e-4);
    }
  }
}

BOOST_AUTO_TEST_CASE(go_to_a_library_where_there_is_one) {
  const bool has_parts =
      function_of({9, 3, 1, 16}, DType::float32).explain().find("convolution_weights_parts") != std::string::npos;
  BOOST_TEST(has_parts == (convolution_backend() != nullptr));
  const auto doubles = function_of({9, 3, 1, 16}, DType::float64).explain();
  BOOST_TEST(doubles.find("convolution_weights_parts") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(do_not_depend_on_the_number_of_threads) {
  const Large large{70, 3, 2, 12};
  for (const auto dtype : {DType::float32, DType::float64}) {
    const Array x = sample_values(large.x()).cast(dtype);
    const Array weights = sample_values(large.weights(), -1, 1, 1).cast(dtype);
    const Array c = sample_values(large.y(), -1, 1, 2).cast(dtype);
    const int before = threads();
    set_threads(1);
    const auto expected = run(large, x, weights, c);
    set_threads(4);
    const auto received = run(large, x, weights, c);
    set_threads(before);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      BOOST_TEST(Plain(received[i]).values == Plain(expected[i]).values);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
