#include <xgrad/framework/autodiff/add.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/substitute.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"

using namespace xgrad;
using test::check_error;

BOOST_AUTO_TEST_SUITE(substitution)

BOOST_AUTO_TEST_CASE(what_depends_on_the_original_is_built_again_and_the_rest_is_shared) {
  const auto x = input({2}, "x");
  const auto w = parameter(xt::xarray<float>{10, 20}, "w");
  const auto independent = add(w, w);
  const auto y = add(add(x, independent), x);
  const auto constant_x = constant(xt::xarray<float>{1, 2});
  const auto results = substitute(std::vector{y, independent, x}, std::vector{Substitution{x, constant_x}});
  BOOST_TEST((eval(results[0]).data<float>()[1] == 44.0f));
  BOOST_TEST((results[1] == independent));
  BOOST_TEST((results[2] == constant_x));
}

BOOST_AUTO_TEST_CASE(replacements_are_not_searched_for_originals) {
  const auto x = input({}, "x");
  const auto y = add(x, x);
  const auto results = substitute(std::vector{y}, std::vector{Substitution{x, y}});
  auto function = compile({x}, {results[0]});
  BOOST_TEST(function(3.0f)[0].item() == 12.0);
}

BOOST_AUTO_TEST_CASE(long_chains_do_not_recurse) {
  const auto x = input({}, "x");
  Tensor end = x;
  for (int node = 0; node < 200'000; ++node) end = add(end, x);
  const auto one = scalar(1);
  const auto result = substitute(std::vector{end}, std::vector{Substitution{x, one}})[0];
  BOOST_TEST(nodes_below(std::vector{result}).size() == 200'001u);
}

BOOST_AUTO_TEST_CASE(replacements_of_another_type_are_refused) {
  const auto x = input({2}, "x");
  const auto swap = [&](const Tensor& other) {
    return [&x, other] { substitute(std::vector{x}, std::vector{Substitution{x, other}}); };
  };
  check_error<ShapeError>(swap(input({3})), "substitute: 'x' is float32 (2,), but its replacement is float32 (3,)");
  check_error<DTypeError>(swap(input({2}, {}, DType::int32)), "cast the replacement");
}

BOOST_AUTO_TEST_SUITE_END()
