#include <xgrad/framework/backends/convolution_backend.hpp>
#include <xgrad/framework/core/registry.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <thread>
#include <vector>

using namespace xgrad;

namespace {

using enum ConvolutionFactor;

constexpr WindowMotion no_axis{1, 1, 1, 1, 1, 0};

struct Case {
  const char* label;
  ConvolutionSizes sizes;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"one channel", {3, 1, 32, 1, {no_axis, {9, 9, 3, 1, 1, 1}, {8, 8, 3, 1, 1, 1}}}},
      {"three channels, strides, uneven padding", {2, 3, 20, 1, {no_axis, {9, 5, 3, 2, 1, 1}, {10, 3, 4, 3, 1, 0}}}},
      {"elements that no window reaches", {2, 4, 8, 1, {no_axis, {8, 3, 3, 2, 1, 0}, {9, 3, 2, 3, 1, 0}}}},
      {"dilation", {2, 16, 16, 1, {no_axis, {9, 9, 3, 1, 2, 2}, {11, 7, 3, 1, 3, 1}}}},
      {"two groups", {2, 32, 48, 2, {no_axis, {7, 7, 3, 1, 1, 1}, {6, 6, 3, 1, 1, 1}}}},
      {"groups of few channels", {2, 6, 12, 3, {no_axis, {7, 5, 3, 1, 1, 0}, {6, 3, 3, 2, 1, 1}}}},
      {"depthwise", {2, 24, 24, 24, {no_axis, {7, 4, 3, 2, 1, 1}, {6, 6, 3, 1, 1, 1}}}},
      {"depthwise, a large kernel", {2, 16, 16, 16, {no_axis, {9, 9, 5, 1, 1, 2}, {8, 8, 5, 1, 1, 2}}}},
      {"depthwise, dilation", {2, 16, 16, 16, {no_axis, {9, 9, 3, 1, 2, 2}, {8, 8, 3, 1, 2, 2}}}},
      {"one axis", {3, 5, 7, 1, {no_axis, no_axis, {20, 10, 5, 2, 1, 2}}}},
      {"three axes", {2, 3, 6, 1, {{{4, 4, 3, 1, 1, 1}, {5, 3, 2, 2, 1, 1}, {6, 4, 2, 1, 2, 0}}}}},
      {"three axes of groups", {1, 8, 8, 2, {{{4, 2, 2, 2, 1, 0}, {5, 5, 3, 1, 1, 1}, {6, 6, 3, 1, 1, 1}}}}},
  };
  return all;
}

Extents shape_of(ConvolutionFactor factor, const ConvolutionSizes& sizes) {
  Extents shape;
  for (const auto& axis : sizes.axes) shape.push_back(factor == x ? axis.size : factor == y ? axis.count : axis.taps);
  if (factor == weights) {
    shape.push_back(sizes.channels / sizes.groups);
  } else {
    shape.insert(shape.begin(), sizes.samples);
  }
  shape.push_back(factor == x ? sizes.channels : sizes.filters);
  return shape;
}

std::vector<float> values_of(ConvolutionFactor factor, const ConvolutionSizes& sizes) {
  const auto shape = shape_of(factor, sizes);
  const Array array = sample_values(shape, -1, 1, static_cast<int>(factor)).cast(DType::float32);
  const auto data = array.data<float>();
  return {data.begin(), data.end()};
}

/// Calls visit(from, weight, to) for all terms: positions in x, weights and y.
template <class Visit>
void for_each_term(const ConvolutionSizes& sizes, Visit visit) {
  const auto& [planes, rows, columns] = sizes.axes;
  const auto inputs = sizes.channels / sizes.groups;
  const auto outputs = sizes.filters / sizes.groups;
  const auto pairs = [](const WindowMotion& axis, const auto& next) {
    for (std::int64_t at = 0; at < axis.count; ++at) {
      for (std::int64_t tap = 0; tap < axis.taps; ++tap) {
        const auto element = at * axis.stride + tap * axis.dilation - axis.before;
        if (element >= 0 && element < axis.size) next(element, tap, at);
      }
    }
  };
  for (std::int64_t n = 0; n < sizes.samples; ++n) {
    pairs(planes, [&](auto e0, auto t0, auto a0) {
      pairs(rows, [&](auto e1, auto t1, auto a1) {
        pairs(columns, [&](auto e2, auto t2, auto a2) {
          const auto element = ((n * planes.size + e0) * rows.size + e1) * columns.size + e2;
          const auto tap = (t0 * rows.taps + t1) * columns.taps + t2;
          const auto at = ((n * planes.count + a0) * rows.count + a1) * columns.count + a2;
          for (std::int64_t to = 0; to < sizes.filters; ++to) {
            for (std::int64_t from = 0; from < inputs; ++from) {
              visit(static_cast<std::size_t>(element * sizes.channels + to / outputs * inputs + from),
                    static_cast<std::size_t>((tap * inputs + from) * sizes.filters + to),
                    static_cast<std::size_t>(at * sizes.filters + to));
            }
          }
        });
      });
    });
  }
}

/// By plain loops.
std::vector<double> expected(ConvolutionFactor result, const ConvolutionSizes& sizes) {
  const auto xs = values_of(x, sizes);
  const auto ws = values_of(weights, sizes);
  const auto ys = values_of(y, sizes);
  std::vector<double> sums(result == x ? xs.size() : result == weights ? ws.size() : ys.size());
  for_each_term(sizes, [&](std::size_t from, std::size_t weight, std::size_t to) {
    if (result == x) sums[from] += double(ws[weight]) * double(ys[to]);
    if (result == weights) sums[weight] += double(xs[from]) * double(ys[to]);
    if (result == y) sums[to] += double(xs[from]) * double(ws[weight]);
  });
  return sums;
}

std::vector<float> received(ConvolutionFactor result, const ConvolutionSizes& sizes) {
  const auto left = values_of(result == x ? weights : x, sizes);
  const auto right = values_of(result == y ? weights : y, sizes);
  std::vector<float> output(static_cast<std::size_t>(element_count(shape_of(result, sizes))), NAN);
  convolution_backend()->convolve(result, sizes, left.data(), right.data(), output.data());
  return output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(convolution_backends)

BOOST_AUTO_TEST_CASE(agree_with_plain_loops) {
  if (!convolution_backend()) return;
  for (const auto& [label, sizes] : cases()) {
    for (const auto result : {x, weights, y}) {
      const auto sums = expected(result, sizes);
      const auto output = received(result, sizes);
      BOOST_TEST_INFO_SCOPE(label << ", factor " << static_cast<int>(result));
      for (std::size_t i = 0; i < sums.size(); ++i) BOOST_REQUIRE_SMALL(double(output[i]) - sums[i], 1e-4);
    }
  }
}

BOOST_AUTO_TEST_CASE(give_every_thread_the_same_bits) {
  if (!convolution_backend()) return;
  for (const auto& [label, sizes] : cases()) {
    for (const auto result : {x, weights, y}) {
      const auto here = received(result, sizes);
      std::vector<std::vector<float>> there(3);
      std::vector<std::thread> threads;
      for (auto& output : there) {
        threads.emplace_back([&output, result, &sizes = sizes] { output = received(result, sizes); });
      }
      for (auto& thread : threads) thread.join();
      for (const auto& output : there) BOOST_TEST(output == here);
    }
  }
}

// The rule, whatever the build and the machine.
BOOST_AUTO_TEST_CASE(are_taken_where_they_are_faster) {
  const auto square = [](std::int64_t channels, std::int64_t filters, std::int64_t groups, std::int64_t taps) {
    const WindowMotion axis{28, 28, taps, 1, 1, taps / 2};
    return ConvolutionSizes{0, channels, filters, groups, {no_axis, axis, axis}};
  };
  const auto taken = [](const ConvolutionSizes& sizes) {
    std::string factors;
    if (suits_convolution_backend(x, sizes)) factors += "x";
    if (suits_convolution_backend(weights, sizes)) factors += "w";
    if (suits_convolution_backend(y, sizes)) factors += "y";
    return factors;
  };
  BOOST_TEST(taken(square(1, 32, 1, 3)) == "wy");
  BOOST_TEST(taken(square(3, 64, 1, 7)) == "wy");
  BOOST_TEST(taken(square(64, 64, 1, 3)) == "xwy");
  BOOST_TEST(taken(square(128, 256, 1, 3)) == "w");
  BOOST_TEST(taken(square(256, 256, 1, 3)) == "");
  BOOST_TEST(taken(square(64, 64, 4, 3)) == "xwy");
  BOOST_TEST(taken(square(32, 32, 32, 3)) == "xwy");
  BOOST_TEST(taken(square(32, 32, 32, 5)) == "xy");
  auto dilated = square(32, 32, 32, 3);
  dilated.axes[2].dilation = 2;
  BOOST_TEST(taken(dilated) == "y");
  auto solid = square(16, 16, 1, 3);
  solid.axes[0] = solid.axes[1];
  BOOST_TEST(taken(solid) == "xwy");
  solid.axes[0].dilation = 2;
  BOOST_TEST(taken(solid) == "xy");
  solid.groups = 16;
  BOOST_TEST(taken(solid) == "");
}

BOOST_AUTO_TEST_SUITE_END()
