// Gradients of tensors that are read in parts: the parts come back as one node, whatever they overlap, and cost what
// the tensor costs and not what it costs times their number.

#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "derivatives.hpp"
#include <algorithm>
#include <cmath>
#include <functional>
#include <regex>
#include <string>
#include <vector>

using namespace xgrad;
using test::elements;

namespace {

using Parts = std::function<std::vector<Tensor>(const Tensor& x)>;

/// A scalar in which each part has its own third derivative.
Tensor mixed(const std::vector<Tensor>& parts) {
  auto total = scalar(0, parts[0].dtype());
  double factor = 1;
  for (const auto& part : parts) total = total + sum(part * part * part) * (factor += 0.5);
  return total;
}

/// Of f(x), g = gradients(f, x) and gradients(sum(g * g), x), also by way of jvp, beside central differences.
void check_parts(Extents shape, const Parts& parts) {
  const auto function = [&](std::span<const Tensor> x) { return mixed(parts(x[0])); };
  const auto values = sample_values(std::move(shape)).cast(DType::float64);
  BOOST_CHECK_NO_THROW(check_gradients(function, {values}));

  const auto x = parameter(values, "x");
  const auto loss = mixed(parts(x));
  const auto direction = constant(values) * 0.5 + 1.0;
  const auto gradient = gradients(loss, {x})[0];
  const auto forward = jvp({gradient}, {x}, {direction})[0];
  const auto reverse = gradients(sum(gradient * direction), {x})[0];
  const auto expected = elements(eval(reverse));
  const auto received = elements(eval(forward));
  BOOST_TEST_REQUIRE(received.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    BOOST_TEST(std::abs(received[i] - expected[i]) <= 1e-12 * std::max(1.0, std::abs(expected[i])));
  }
}

std::size_t count_operators(const Tensor& tensor, std::string_view name) {
  const auto nodes = nodes_below(std::span(&tensor, 1));
  return static_cast<std::size_t>(
      std::count_if(nodes.begin(), nodes.end(), [&](const auto& node) { return node->op().name() == name; }));
}

/// Bytes of the arena and of the scratch of all phases, as `explain` tells them after a call.
double planned_bytes(Function& function, const std::vector<ArrayRef>& arguments) {
  function(std::span<const ArrayRef>(arguments));
  const auto text = function.explain();
  static const std::regex pattern("(?:arena|scratch) of ([0-9]+) bytes");
  double bytes = 0;
  for (std::sregex_iterator found(text.begin(), text.end(), pattern), end; found != end; ++found) {
    bytes += std::stod((*found)[1]);
  }
  return bytes;
}

/// The gradient of order `order` of a function of x in `count` parts must take memory and nodes in proportion to count.
void check_linear(const std::function<Tensor(std::int64_t count)>& make_x,
                  const std::function<std::vector<Tensor>(const Tensor& x, std::int64_t count)>& parts) {
  for (int order = 1; order <= 3; ++order) {
    BOOST_TEST_CONTEXT("order " << order) {
      const auto measure = [&](std::int64_t count) {
        const auto x = make_x(count);
        auto result = mixed(parts(x, count));
        for (int differentiated = 0; differentiated < order; ++differentiated) {
          result = gradients(sum(result * result), {x})[0];
        }
        const auto nodes = static_cast<double>(nodes_below(std::span(&result, 1)).size());
        auto function = compile({}, {result});
        return std::pair(nodes, planned_bytes(function, {}));
      };
      const auto [few_nodes, few_bytes] = measure(50);
      const auto [many_nodes, many_bytes] = measure(200);
      BOOST_TEST(many_nodes <= 4.2 * few_nodes);
      BOOST_TEST(many_bytes <= 5 * few_bytes);
    }
  }
}

Tensor matrix(std::int64_t rows, std::int64_t columns) {
  return parameter(sample_values({rows, columns}).cast(DType::float32), "x");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(parts)

BOOST_AUTO_TEST_CASE(that_cover_an_axis) {
  check_parts({6, 3}, [](const Tensor& x) { return split(x, 3); });
  check_parts({3, 6}, [](const Tensor& x) { return split(x, 6, 1); });
  check_parts({2, 5, 3}, [](const Tensor& x) { return split(x, std::vector<std::int64_t>{1, 4}, 1); });
}

BOOST_AUTO_TEST_CASE(that_leave_gaps) {
  check_parts({7, 2}, [](const Tensor& x) { return std::vector{slice(x, {1, 2}, 0), slice(x, {4, 6}, 0)}; });
}

BOOST_AUTO_TEST_CASE(that_overlap) {
  check_parts({6, 2}, [](const Tensor& x) {
    std::vector<Tensor> windows;
    for (std::int64_t start = 0; start < 4; ++start) windows.push_back(slice(x, {start, start + 3}, 0));
    return windows;
  });
  check_parts({4}, [](const Tensor& x) { return std::vector{slice(x, {0, 3}, 0), slice(x, {0, 3}, 0)}; });
}

BOOST_AUTO_TEST_CASE(with_steps_forward_and_backward) {
  check_parts({7}, [](const Tensor& x) {
    return std::vector{slice(x, {.start = 0, .step = 2}, 0), slice(x, {.start = 5, .step = -2}, 0)};
  });
  check_parts({3, 6}, [](const Tensor& x) {
    return std::vector{slice(x, {.step = -1}, 1), slice(x, {.start = 1, .stop = 5, .step = 3}, 1)};
  });
}

BOOST_AUTO_TEST_CASE(along_several_axes) {
  check_parts({4, 4}, [](const Tensor& x) {
    return std::vector{slice(x, {{0, 2}, {0, 2}}), slice(x, {{2, 4}, {}}), slice(x, {{}, {1, 3}}),
                       slice(x, {{.step = -1}, {.start = 3}})};
  });
}

BOOST_AUTO_TEST_CASE(beside_the_whole) {
  check_parts({4, 2}, [](const Tensor& x) {
    return std::vector{slice(x, {0, 1}, 0), x, slice(x, {2, 4}, 0), x * 2, slice(x, {1, 3}, 0)};
  });
}

BOOST_AUTO_TEST_CASE(of_no_elements) {
  check_parts({3, 2}, [](const Tensor& x) {
    return std::vector{slice(x, {1, 1}, 0), slice(x, {0, 2}, 0), slice(x, {2, 3}, 0)};
  });
}

BOOST_AUTO_TEST_CASE(padded_with_a_number) {
  check_parts({3}, [](const Tensor& x) {
    return std::vector{pad(x, {{1, 0}}, PadMode::constant, 2), pad(x, {{0, 2}}, PadMode::constant, -1)};
  });
}

BOOST_AUTO_TEST_CASE(taken_by_indices) {
  const auto row = [](const Tensor& x, int index) { return take(x, constant(Array(index)), 0); };
  check_parts({4, 3}, [=](const Tensor& x) { return std::vector{row(x, 2), row(x, 0), row(x, 2), row(x, -1)}; });
  check_parts({3, 4}, [](const Tensor& x) {
    const xt::xarray<int> some{0, 2};
    const xt::xarray<std::int64_t> others{{3, 2}, {1, 1}};
    return std::vector{take(x, constant(some), 1), take(x, constant(some), 0), take(x, constant(others), 1),
                       take(x, constant(Array(1)), 1)};
  });
  check_parts({3, 4}, [](const Tensor& x) {
    const xt::xarray<int> places{{0, 2, 1, 2}};
    const xt::xarray<int> more{{1, 1, 0, 2}, {2, 0, 0, 1}};
    const xt::xarray<int> columns{{3, 1}, {0, 0}};
    return std::vector{gather(x, 0, constant(places)), gather(x, 0, constant(more)), gather(x, 1, constant(columns))};
  });
}

BOOST_AUTO_TEST_CASE(of_a_batch) {
  const auto x = input({batch, 3, 2}, "x", DType::float64);
  const auto parts_of = [](const Tensor& x) {
    return std::vector{slice(x, {0, 1}, 1), slice(x, {1, 3}, 1), slice(x, {{.step = -1}, {2, 3}})};
  };
  const auto gradient = gradients(mixed(parts_of(x)), {x})[0];
  auto function = compile({x}, {gradient});
  for (std::int64_t samples : {1, 5}) {
    const auto values = sample_values({samples, 3, 2}).cast(DType::float64);
    const auto known = parameter(values, "x");
    const auto expected = elements(eval(gradients(mixed(parts_of(known)), {known})[0]));
    BOOST_TEST(elements(function(values)[0]) == expected, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(rows_of_a_table_by_indices_of_a_batch) {
  const auto table = parameter(sample_values({5, 2}).cast(DType::float64), "table");
  const auto first = input({batch}, "first", DType::int32);
  const auto second = input({batch}, "second", DType::int32);
  const auto loss = mixed({embedding(table, first), embedding(table, second)});
  const auto gradient = gradients(loss, {table})[0];
  BOOST_TEST(count_operators(gradient, "index_add") == 1);
  auto function = compile({first, second}, {gradient});
  const xt::xarray<int> left{0, 3, 3};
  const xt::xarray<int> right{4, 3, 1};
  const auto known = mixed({embedding(table, constant(left)), stop_gradient(table)}) +
                     mixed({stop_gradient(table), embedding(table, constant(right))});
  const auto received = elements(function(left, right)[0]);
  const auto wanted = elements(eval(gradients(known, {table})[0]));
  for (std::size_t i = 0; i < wanted.size(); ++i) BOOST_TEST(std::abs(received[i] - wanted[i]) < 1e-12);
}

BOOST_AUTO_TEST_CASE(come_back_as_one_node) {
  const auto x = matrix(8, 3);
  const auto gradient = gradients(mixed(split(x, 8)), {x})[0];
  BOOST_TEST(count_operators(gradient, "placed_parts") == 1);
  BOOST_TEST(count_operators(gradient, "pad") == 0);
}

BOOST_AUTO_TEST_CASE(cost_what_the_whole_costs) {
  const auto rows = [](std::int64_t count) { return matrix(count, 64); };
  const auto columns = [](std::int64_t count) { return matrix(64, count); };
  check_linear(rows, [](const Tensor& x, std::int64_t count) { return split(x, count); });
  check_linear(columns, [](const Tensor& x, std::int64_t count) { return split(x, count, 1); });
  check_linear(rows, [](const Tensor& x, std::int64_t count) {
    std::vector<Tensor> windows;
    for (std::int64_t row = 0; row + 1 < count; ++row) windows.push_back(slice(x, {row, row + 2}, 0));
    return windows;
  });
  check_linear(rows, [](const Tensor& x, std::int64_t count) {
    std::vector<Tensor> taken;
    for (std::int64_t row = 0; row < count; ++row) taken.push_back(take(x, constant(Array(row)), 0));
    return taken;
  });
}

BOOST_AUTO_TEST_SUITE_END()
