// Products of windows and their gradients, compared byte for byte with loops over std::fma.

#include <xgrad/framework/backends/ordered_gemm.hpp>
#include <xgrad/framework/backends/window_gradient.hpp>
#include <xgrad/framework/backends/window_product.hpp>
#include <xgrad/framework/core/elementary/lanes.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace xgrad;
using namespace xgrad::ordered_gemm;

namespace {

struct Case {
  std::array<WindowMotion, 3> axes;
  std::int64_t samples;
  std::int64_t channels;
  std::int64_t filters;
  std::int64_t groups;

  std::int64_t elements() const { return axes[0].size * axes[1].size * axes[2].size; }
  std::int64_t positions() const { return axes[0].count * axes[1].count * axes[2].count; }
  std::int64_t taps() const { return axes[0].taps * axes[1].taps * axes[2].taps; }

  /// The element under a tap of a window, counted through all samples; -1 on padding.
  std::int64_t element(std::int64_t window, std::int64_t tap) const {
    std::int64_t at[3];
    auto position = window % positions();
    for (int axis = 2; axis >= 0; --axis) {
      const auto& motion = axes[static_cast<std::size_t>(axis)];
      at[axis] = position % motion.count * motion.stride - motion.before + tap % motion.taps * motion.dilation;
      if (at[axis] < 0 || at[axis] >= motion.size) return -1;
      position /= motion.count;
      tap /= motion.taps;
    }
    return window / positions() * elements() + (at[0] * axes[1].size + at[1]) * axes[2].size + at[2];
  }
};

constexpr WindowMotion one{1, 1, 1, 1, 1, 0};
const std::vector<Case> cases{
    {{one, WindowMotion{9, 9, 3, 1, 1, 1}, WindowMotion{11, 11, 3, 1, 1, 1}}, 3, 32, 33, 1},
    {{one, WindowMotion{9, 7, 3, 1, 1, 0}, WindowMotion{11, 9, 3, 1, 1, 0}}, 5, 4, 70, 1},
    {{one, WindowMotion{9, 5, 3, 2, 1, 1}, WindowMotion{11, 4, 2, 3, 2, 1}}, 4, 6, 24, 2},
    {{WindowMotion{4, 4, 2, 1, 1, 1}, WindowMotion{3, 3, 3, 1, 1, 1}, WindowMotion{5, 5, 3, 1, 1, 1}}, 2, 3, 9, 1},
    {{one, one, WindowMotion{2000, 2000, 40, 1, 1, 20}}, 1, 50, 8, 1},
    {{one, one, WindowMotion{70, 1, 70, 1, 1, 0}}, 3, 20, 8, 1},
};

std::vector<float> values(std::int64_t count, double step) {
  std::vector<float> result;
  for (std::int64_t i = 0; i < count; ++i)
    result.push_back(static_cast<float>(std::sin(static_cast<double>(i) * step)));
  return result;
}

/// Adds terms in chains, and the chains in double.
class Sum {
 public:
  void add(float left, float right) {
    chain_ = elementary::has_fused_multiply_add ? std::fma(left, right, chain_) : left * right + chain_;
  }
  void end_chain() {
    total_ += chain_;
    chain_ = 0;
  }
  float rounded() const { return static_cast<float>(total_); }

 private:
  float chain_ = 0;
  double total_ = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(products_of_windows)

BOOST_AUTO_TEST_CASE(are_chains_over_taps_and_channels) {
  for (const auto& at : cases) {
    const auto width = at.channels / at.groups;
    const auto group_filters = at.filters / at.groups;
    const auto inner = at.taps() * width;
    const auto x = values(at.samples * at.elements() * at.channels, 0.7);
    const auto weights = values(inner * at.filters, 1.3);
    const auto operand = packed_elements<float>(inner, group_filters);
    std::vector<float> packed(static_cast<std::size_t>(operand * at.groups));
    for (std::int64_t group = 0; group < at.groups; ++group) {
      const MatrixView<const float> matrix{weights.data() + group * group_filters, inner, group_filters, at.filters};
      pack_panels(matrix, 0, operand / (inner * panel_columns<float>()), packed.data() + group * operand);
    }
    const auto windows = at.samples * at.positions();
    std::vector<float> received(static_cast<std::size_t>(windows * at.filters));
    WindowProduct(at.axes, WindowProduct::TapOrder::forward, at.channels, width)
        .multiply(x.data(), at.samples, packed.data(), received.data(), at.filters);
    std::vector<float> expected;
    for (std::int64_t window = 0; window < windows; ++window) {
      for (std::int64_t filter = 0; filter < at.filters; ++filter) {
        Sum sum;
        for (std::int64_t term = 0; term < inner; ++term) {
          const auto element = at.element(window, term / width);
          const auto channel = filter / group_filters * width + term % width;
          const auto index = static_cast<std::size_t>(element * at.channels + channel);
          sum.add(element < 0 ? 0 : x[index], weights[static_cast<std::size_t>(term * at.filters + filter)]);
          if ((term + 1) % chain_terms == 0) sum.end_chain();
        }
        sum.end_chain();
        expected.push_back(sum.rounded());
      }
    }
    BOOST_TEST((received == expected));
  }
}

BOOST_AUTO_TEST_CASE(have_gradients_of_chains_over_windows) {
  for (const auto& at : cases) {
    const auto width = at.channels / at.groups;
    const auto group_filters = at.filters / at.groups;
    const auto rows = at.taps() * width;
    const auto windows = at.samples * at.positions();
    const auto x = values(at.samples * at.elements() * at.channels, 0.7);
    const auto y = values(windows * at.filters, 1.3);
    std::vector<float> expected;
    for (std::int64_t row = 0; row < rows; ++row) {
      for (std::int64_t filter = 0; filter < at.filters; ++filter) {
        Sum sum;
        for (std::int64_t window = 0; window < windows; ++window) {
          const auto element = at.element(window, row / width);
          const auto channel = filter / group_filters * width + row % width;
          if (element >= 0) {
            sum.add(x[static_cast<std::size_t>(element * at.channels + channel)],
                    y[static_cast<std::size_t>(window * at.filters + filter)]);
          }
          if ((window + 1) % chain_terms == 0) sum.end_chain();
        }
        sum.end_chain();
        expected.push_back(sum.rounded());
      }
    }
    // However rows are cut.
    for (const std::int64_t block : {rows, (rows + 2) / 3}) {
      std::vector<float> received(expected.size());
      for (std::int64_t row = 0; row < rows; row += block) {
        WindowGradient(at.axes, at.channels, width)
            .run(x.data(), y.data(), at.samples, at.filters, row, std::min(block, rows - row),
                 received.data() + row * at.filters);
      }
      BOOST_TEST((received == expected));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
