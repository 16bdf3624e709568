// What the samples of the registry do not show of operators that move elements.

#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/concatenate.hpp>
#include <xgrad/ops/flip.hpp>
#include <xgrad/ops/pad.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/roll.hpp>
#include <xgrad/ops/slice.hpp>
#include <xgrad/ops/split.hpp>
#include <xgrad/ops/take.hpp>
#include <xgrad/ops/tile.hpp>
#include <xgrad/ops/tril.hpp>

#include <boost/test/unit_test.hpp>

#include "../check_error.hpp"
#include "reference.hpp"
#include <limits>

using namespace xgrad;
using namespace xgrad::test;

namespace {

using Values = std::vector<double>;

Values values(const Tensor& tensor) { return Plain(eval(tensor)).values; }

Tensor count_to(std::int64_t count) { return constant(Array(xt::arange<double>(static_cast<double>(count)))); }

}  // namespace

BOOST_AUTO_TEST_SUITE(shape_operators)

BOOST_AUTO_TEST_CASE(slice_at_the_ends_of_what_integers_hold) {
  constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  constexpr auto highest = std::numeric_limits<std::int64_t>::max();
  const auto x = count_to(4);
  BOOST_TEST(values(slice(x, {{lowest, highest}})) == (Values{0, 1, 2, 3}), boost::test_tools::per_element());
  BOOST_TEST(values(slice(x, {{1, highest, highest}})) == (Values{1}), boost::test_tools::per_element());
  BOOST_TEST(values(slice(x, {{highest, lowest, lowest}})) == (Values{3}), boost::test_tools::per_element());
  BOOST_TEST(values(slice(x, {{highest, lowest, -3}})) == (Values{3, 0}), boost::test_tools::per_element());
  BOOST_TEST(values(slice(x, {{7, 9}})).empty());
  BOOST_TEST(values(slice(x, {{lowest, -9}})).empty());
}

BOOST_AUTO_TEST_CASE(move_every_dtype) {
  const Array plain(xt::xarray<double>{{0, 1, 1}, {1, 0, 0}});
  for (auto dtype : {DType::float32, DType::int32, DType::int64, DType::uint8, DType::boolean}) {
    const auto x = constant(plain.cast(dtype));
    const auto expect = [&](const Tensor& result, const Values& expected) {
      BOOST_TEST_CONTEXT(to_string(dtype)) {
        BOOST_TEST(to_string(result.dtype()) == to_string(dtype));
        BOOST_TEST(values(result) == expected, boost::test_tools::per_element());
      }
    };
    expect(slice(x, {{}, {0, 2}}), {0, 1, 1, 0});
    expect(flip(x, 1), {1, 1, 0, 0, 0, 1});
    expect(pad(x, {{0, 0}, {1, 0}}, PadMode::constant, 1), {1, 0, 1, 1, 1, 1, 0, 0});
    expect(pad(x, {{0, 0}, {0, 1}}, PadMode::edge), {0, 1, 1, 1, 1, 0, 0, 0});
    expect(concatenate({x, x}, 1), {0, 1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0});
    expect(roll(x, 1, 1), {1, 0, 1, 0, 1, 0});
    expect(repeat(x, 2, 0), {0, 1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0});
    expect(triu(x), {0, 1, 1, 0, 0, 0});
  }
}

BOOST_AUTO_TEST_CASE(concatenate_and_split_multiples_of_a_symbol) {
  const auto x = input({batch}, "x", DType::float64);
  const auto twice = concatenate({x, flip(x)});
  BOOST_TEST(twice.shape().to_string() == "(2*batch,)");
  const auto thrice = concatenate({twice, x});
  BOOST_TEST(thrice.shape().to_string() == "(3*batch,)");
  const auto halves = split(twice, 2);
  auto function = compile({x}, {thrice, halves[0], halves[1]});
  const auto results = function(xt::xarray<double>{1, 2});
  BOOST_TEST(Plain(results[0]).values == (Values{1, 2, 2, 1, 1, 2}), boost::test_tools::per_element());
  BOOST_TEST(Plain(results[1]).values == (Values{1, 2}), boost::test_tools::per_element());
  BOOST_TEST(Plain(results[2]).values == (Values{2, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(embedding_refuses_what_is_no_row) {
  const auto table = constant(Array(xt::xarray<double>{{1, 2}, {3, 4}, {5, 6}}));
  const auto row = [&](int index) { return values(embedding(table, constant(xt::xarray<int>{index}))); };
  BOOST_TEST(row(2) == (Values{5, 6}), boost::test_tools::per_element());
  check_error<ValueError>([&] { row(-1); },
                          "embedding: index -1 is out of range for a table of 3 rows; expected 0 to 2");
  check_error<ValueError>([&] { row(3); }, "embedding: index 3 is out of range for a table of 3 rows");
}

BOOST_AUTO_TEST_SUITE_END()
