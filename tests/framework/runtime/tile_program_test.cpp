#include <xgrad/framework/core/elementwise_vectors.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/argmax.hpp>
#include <xgrad/ops/cumsum.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/max.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <algorithm>
#include <tuple>
#include <vector>

using namespace xgrad;

namespace {

/// The element that NumPy's broadcasting puts at `position` of `to`.
double broadcast_element(const Array& array, const Extents& to, std::int64_t position) {
  std::int64_t offset = 0;
  std::int64_t stride = 1;
  for (std::size_t back = 1; back <= to.size(); ++back) {
    const auto index = position % to[to.size() - back];
    position /= to[to.size() - back];
    if (back > array.shape().size()) continue;
    const auto own = array.shape()[array.shape().size() - back];
    if (own != 1) offset += index * stride;
    stride *= own;
  }
  return array.data<double>()[static_cast<std::size_t>(offset)];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tile_program)

// Sizes around the length of a tile, and every way in which axes can repeat.
BOOST_AUTO_TEST_CASE(every_pattern_of_broadcasting_agrees_with_plain_indexing) {
  const std::vector<Extents> spaces{{},           {1},         {7},       {1023},         {1024},
                                    {1025},       {5000},      {300, 10}, {40, 1024},     {33, 1500},
                                    {3, 5, 7},    {64, 3, 50}, {2, 1, 9}, {1, 6},         {100, 1, 4},
                                    {9, 2, 3, 4}, {70, 700},   {1, 1},    {128, 2, 2, 2}, {31, 31, 31}};
  for (const auto& space : spaces) {
    for (unsigned mask = 0; mask < (2u << space.size()); ++mask) {
      Extents shape = space;
      for (std::size_t axis = 0; axis < space.size(); ++axis) {
        if (mask >> axis & 1u) shape[axis] = 1;
      }
      if (mask >> space.size() & 1u) {  // also without the leading axes of size 1
        while (!shape.empty() && shape[0] == 1) shape.erase(shape.begin());
      }
      const auto full = sample_values(space, -1, 1, 1);
      const auto part = sample_values(shape, -1, 1, 2);
      // Parameters, because constants would be folded before blocks are cut.
      const auto operand_tensor = parameter(part);
      const auto result = eval(parameter(full) + operand_tensor * operand_tensor);
      const auto folded = eval(constant(full) + constant(part) * constant(part));
      BOOST_REQUIRE(std::equal(folded.bytes().begin(), folded.bytes().end(), result.bytes().begin()));
      BOOST_REQUIRE(result.shape() == space);
      for (std::size_t index = 0; index < result.size(); ++index) {
        const double operand = broadcast_element(part, space, static_cast<std::int64_t>(index));
        BOOST_REQUIRE_SMALL(result.data<double>()[index] - (full.data<double>()[index] + operand * operand), 1e-14);
      }
    }
  }
}

// Two operands of different period in one chain, and a value of fewer axes made on the way.
BOOST_AUTO_TEST_CASE(operands_of_different_shapes_meet_in_one_chain) {
  const auto rows = sample_values({700, 1}, -1, 1, 1);
  const auto columns = sample_values({13}, -1, 1, 2);
  const auto single = sample_values({}, -1, 1, 3);
  const auto full = sample_values({700, 13}, -1, 1, 4);
  const auto doubled = parameter(rows) * 2.0;
  const auto result = eval((parameter(full) + parameter(columns)) * (doubled + parameter(single)) + doubled);
  for (std::int64_t index = 0; index < 700 * 13; ++index) {
    const double row = 2 * rows.data<double>()[index / 13];
    const double expected =
        (full.data<double>()[index] + columns.data<double>()[index % 13]) * (row + single.data<double>()[0]) + row;
    BOOST_REQUIRE_SMALL(result.data<double>()[index] - expected, 1e-13);
  }
}

// Constants are spread out once, when sizes are known; parameters in every run.
BOOST_AUTO_TEST_CASE(constants_give_the_same_bits_as_parameters) {
  const auto x = input({batch, 48}, "x", DType::float64);
  const auto chain = [&](const auto& leaf) {
    const auto scale = leaf(sample_values({}, -1, 1, 1));
    const auto columns = leaf(sample_values({48}, -1, 1, 2));
    const auto pairs = leaf(sample_values({2, 1}, -1, 1, 3));
    const auto y = exp(x) * scale + columns;
    return compile({x}, {square(reshape(reshape(y, {batch, 2, 24}) * pairs, {batch, 48}) - scale), y * columns});
  };
  auto constants = chain([](const Array& value) { return constant(value); });
  auto parameters = chain([](const Array& value) { return parameter(value); });
  for (std::int64_t rows : {1, 2, 3000, 17, 3000}) {
    const auto values = sample_values({rows, 48}, -1, 1, 4);
    const auto received = constants(values);
    const auto expected = parameters(values);
    for (std::size_t index = 0; index < expected.size(); ++index) {
      const auto bytes = expected[index].bytes();
      BOOST_TEST(std::equal(bytes.begin(), bytes.end(), received[index].bytes().begin()),
                 "output " << index << " of " << rows << " rows");
    }
  }
}

// Kernels over rows at the end of chains, with operands of other periods, reshapes inside, several results of which
// some are read again, and blocks that end anywhere.
BOOST_AUTO_TEST_CASE(chains_that_end_in_kernels_over_rows_give_the_same_bits_as_kernels_alone) {
  for (std::int64_t columns : {1, 2, 6, 10, 48, 250, 1024, 1500, 4096, 5000}) {
    const auto x = input({batch, columns}, "x", DType::float64);
    const auto bias = parameter(sample_values({columns}, -1, 1, 2));
    const auto scale = parameter(sample_values({2, 1}, -1, 1, 3));
    auto chain = exp(x) + bias;
    if (columns % 2 == 0) chain = reshape(reshape(chain, {batch, 2, columns / 2}) * scale, {batch, columns});
    const auto total = sum(chain, 1, true);
    const std::vector<Tensor> outputs{total,         max(chain, 1), argmax(chain, -1), softmax(chain),
                                      chain - total, square(chain), cumsum(chain, 1)};
    for (std::int64_t rows : {1, 2, 17, 333}) {
      const auto values = sample_values({rows, columns}, -1, 1, 1);
      const auto fused = compile({x}, outputs)(values);
      const auto alone = compile({x}, outputs, {}, {.passes = {.fusion = false}})(values);
      for (std::size_t index = 0; index < outputs.size(); ++index) {
        const auto bytes = fused[index].bytes();
        BOOST_TEST(std::equal(bytes.begin(), bytes.end(), alone[index].bytes().begin()),
                   "output " << index << " of (" << rows << ", " << columns << ")");
      }
    }
  }
}

// Formulas with several results: some are read in the chain, some behind a kernel, one by nobody, one is an output and
// one the new value of a parameter that the formula itself reads.
BOOST_AUTO_TEST_CASE(formulas_with_several_results_give_the_same_bits_as_one_for_each) {
  static const auto both =
      elementwise_vectors<2>("sum_and_difference", [](auto x, auto y) { return std::tuple(x + y, x - y); });
  const auto together = [](const Tensor& x, const Tensor& y) { return apply_all(both, {x, y}); };
  const auto apart = [](const Tensor& x, const Tensor& y) { return std::vector<Tensor>{x + y, x - y}; };
  const auto run = [](auto parts_of, std::int64_t rows, const Passes& passes) {
    const auto x = input({batch, 48}, "x", DType::float64);
    const auto state = parameter(sample_values({rows, 48}, -1, 1, 2));
    const auto row = parameter(sample_values({48}, -1, 1, 3));
    const auto first = parts_of(exp(x), row);
    const auto second = parts_of(first[1], square(first[0]));
    const auto third = parts_of(cumsum(second[0], 0), second[1]);
    const auto unread = parts_of(second[0], first[1])[1];
    const auto next = parts_of(state, constant(sample_values({rows, 48}, -1, 1, 4)));
    const std::vector<Tensor> outputs{first[0], third[0], third[1], unread, next[1] * 2.0};
    auto function = compile({x}, outputs, {{state, next[0]}}, {.passes = passes});
    function(sample_values({rows, 48}, -1, 1, 1));
    auto results = function(sample_values({rows, 48}, -1, 1, 1));
    results.push_back(eval(state));
    return results;
  };
  Passes alone;
  alone.fusion = false;
  for (std::int64_t rows : {1, 2, 17, 333, 3000}) {
    const auto expected = run(apart, rows, alone);
    for (const auto& passes : {Passes{}, alone}) {
      const auto received = run(together, rows, passes);
      for (std::size_t index = 0; index < expected.size(); ++index) {
        const auto bytes = expected[index].bytes();
        BOOST_TEST(std::equal(bytes.begin(), bytes.end(), received[index].bytes().begin()),
                   "output " << index << " of " << rows << " rows");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(formulas_with_too_many_results_are_refused) {
  static const auto many =
      elementwise_vectors<1>("many", [](auto x) { return std::tuple(x + x, x * x, x - x, -x, x / x); });
  test::check_error<ValueError>([] { eval(apply_all(many, {parameter(sample_values({3}))})[4]); },
                                "compile: an elementwise operator has 1 inputs and 5 results, more than the 8 and 4 "
                                "that are possible; split it");
}

BOOST_AUTO_TEST_SUITE_END()
