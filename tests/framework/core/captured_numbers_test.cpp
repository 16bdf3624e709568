#include <xgrad/framework/core/elementwise_vectors.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/subtract.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

namespace outside {

namespace xg = xgrad;  // and no using-directive: number must be found all the same

std::shared_ptr<const xg::Formula> scaled(double factor, xg::Attributes attributes = {}) {
  return xg::elementwise<1, xg::FloatingTypes>("scaled", [factor](const auto& x) { return x * number(x, factor); },
                                               {.attributes = std::move(attributes)});
}

std::shared_ptr<const xg::Formula> scaled_without_number(double factor) {
  return xg::elementwise<1, xg::FloatingTypes>("scaled", [factor](const auto& x) { return x * factor; });
}

std::shared_ptr<const xg::Formula> scaled_in_a_loop(double factor) {
  return xg::elementwise_loop<1, xg::FloatingTypes>("scaled", [factor](auto x) { return std::abs(x) * factor; });
}

std::shared_ptr<const xg::Formula> scaled_vectors(double factor) {
  return xg::elementwise_vectors<1>(
      "scaled", [factor](auto x) { return std::tuple(x * decltype(x)(factor), x + decltype(x)(factor)); });
}

std::shared_ptr<const xg::Formula> above(double threshold) {
  return xg::predicate<1, xg::FloatingTypes>("above", [threshold](const auto& x) { return x > number(x, threshold); });
}

}  // namespace outside

using namespace xgrad;
using test::check_error;

namespace {

const Array values = xt::xarray<float>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};

/// Whether each element is `factor` times that of `values`.
void check_scaled(const Array& result, float factor) {
  for (std::size_t i = 0; i < result.size(); ++i) {
    BOOST_REQUIRE(result.data<float>()[i] == values.data<float>()[i] * factor);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(captured_numbers)

BOOST_AUTO_TEST_CASE(are_part_of_the_operator) {
  const auto x = constant(values);
  for (const float factor : {0.5f, 3.0f}) {
    check_scaled(eval(apply(outside::scaled(factor), {x})), factor);
    check_scaled(eval(apply(outside::scaled_without_number(factor), {x})), factor);
    check_scaled(eval(apply(outside::scaled_in_a_loop(factor), {x})), factor);
    check_scaled(eval(apply_all(outside::scaled_vectors(factor), {x})[0]), factor);
  }
  BOOST_TEST(eval(apply(outside::above(9), {x})).data<bool>()[8] == false);
  BOOST_TEST(eval(apply(outside::above(8), {x})).data<bool>()[8] == true);
}

BOOST_AUTO_TEST_CASE(tell_operators_of_one_name_apart) {
  const auto x = input({19}, "x");
  auto f = compile({x}, {apply(outside::scaled(2), {x}) - apply(outside::scaled(3), {x})});
  check_scaled(f(values)[0], -1);
  BOOST_TEST(!are_same(*outside::scaled(2), *outside::scaled(2)));
  BOOST_TEST(are_same(*outside::scaled(2, {{"factor", 2}}), *outside::scaled(2, {{"factor", 2}})));
  BOOST_TEST(!are_same(*outside::scaled(2, {{"factor", 2}}), *outside::scaled(3, {{"factor", 3}})));
  const auto without = elementwise<1, FloatingTypes>("same", [](const auto& x) { return -x; });
  BOOST_TEST(without->attributes()->to_string().empty());
}

BOOST_AUTO_TEST_CASE(live_as_long_as_the_function) {
  const auto x = input({19}, "x");
  auto f = compile({x}, {apply(outside::scaled(2), {x})});
  for (double factor : {5.0, 7.0, 9.0}) outside::scaled(factor);  // where the first one's might have been
  check_scaled(f(values)[0], 2);
}

BOOST_AUTO_TEST_CASE(that_are_no_part_of_it_are_refused) {
  double factor = 2;
  check_error<ValueError>(
      [&] { elementwise<1, FloatingTypes>("by_reference", [&factor](const auto& x) { return x * factor; }); },
      "by_reference: the formula names a number, to which its result would refer, or captures one by reference");
  check_error<ValueError>(
      [&] {
        elementwise<1, FloatingTypes>("named", [factor](const auto& x) {
          const double square = factor * factor;
          return x * number(x, factor) * square;
        });
      },
      "named: the formula names a number");
}

BOOST_AUTO_TEST_SUITE_END()
