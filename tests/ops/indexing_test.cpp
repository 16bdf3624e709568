// Indexing where samples cannot look: ties, what is not a number, and indices out of range.

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "../check_error.hpp"
#include "derivatives.hpp"
#include <cmath>
#include <limits>

using namespace xgrad;
using test::check_error;
using test::derivatives;
using test::elements;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

using Values = std::vector<double>;

void check_equal(const Values& received, const Values& expected) {
  BOOST_TEST(received == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(indexing)

// float32 is sorted by integers that stand for the elements, float64 by the elements.
BOOST_AUTO_TEST_CASE(sorting_orders_infinities_zeros_and_what_is_not_a_number) {
  for (auto dtype : {DType::float32, DType::float64}) {
    const auto of = [=](const xt::xarray<double>& values) { return constant(Array(values).cast(dtype)); };
    const Tensor x = of({none, 2, -1, -none, -infinity, 0.0, -0.0, infinity, -3});
    check_equal(elements(eval(argsort(x))), {4, 8, 2, 5, 6, 1, 7, 0, 3});
    check_equal(elements(eval(argsort(x, 0, true))), {0, 3, 7, 1, 5, 6, 2, 8, 4});
    check_equal(elements(eval(topk(x, 4).indices)), {0, 3, 7, 1});
    check_equal(elements(eval(topk(x, 4, 0, false).indices)), {4, 8, 2, 5});
    const Tensor steps = of({1, 3, none, none});
    const Tensor values = of({2, 4, none});
    check_equal(elements(eval(searchsorted(steps, values))), {1, 2, 2});
    check_equal(elements(eval(searchsorted(steps, values, true))), {1, 2, 4});
  }
}

BOOST_AUTO_TEST_CASE(sorting_is_stable_for_many_ties) {
  xt::xarray<int> x = xt::arange<int>(0, 1000) % 3;
  const auto order = elements(eval(argsort(constant(x))));
  const auto reverse = elements(eval(argsort(constant(x), 0, true)));
  for (std::size_t i = 1; i < order.size(); ++i) {
    const auto before = static_cast<std::size_t>(order[i - 1]);
    const auto here = static_cast<std::size_t>(order[i]);
    BOOST_TEST_REQUIRE((x[before] < x[here] || (x[before] == x[here] && before < here)));
    const auto before_reverse = static_cast<std::size_t>(reverse[i - 1]);
    const auto here_reverse = static_cast<std::size_t>(reverse[i]);
    BOOST_TEST_REQUIRE((x[before_reverse] > x[here_reverse] ||
                        (x[before_reverse] == x[here_reverse] && before_reverse < here_reverse)));
  }
}

BOOST_AUTO_TEST_CASE(gradients_go_to_the_first_of_equal_elements) {
  const xt::xarray<double> x{2, 1, 2, 2};
  const Tensor weights = constant(xt::xarray<double>{1, 10, 100, 1000});
  check_equal(derivatives([&](const Tensor& x) { return sort(x) * weights; }, x).first, {10, 1, 100, 1000});
  check_equal(derivatives([&](const Tensor& x) { return sort(x, 0, true) * weights; }, x).first, {1, 1000, 10, 100});
  check_equal(derivatives([](const Tensor& x) { return topk(x, 2).values; }, x).first, {1, 0, 1, 0});
}

BOOST_AUTO_TEST_CASE(scatter_keeps_the_last_of_several_values_and_differentiates_it_alone) {
  const Tensor x = constant(xt::xarray<double>{5, 6, 7});
  const Tensor indices = constant(xt::xarray<int>{2, 0, -1, 2});
  const auto result = derivatives([&](const Tensor& values) { return square(scatter(x, 0, indices, values)); },
                                  xt::xarray<double>{1, 2, 3, 4});
  check_equal(result.value, {4, 36, 16});
  check_equal(result.first, {0, 4, 0, 8});
}

BOOST_AUTO_TEST_CASE(indices_out_of_range_are_refused_when_they_run) {
  const Tensor x = constant(xt::xarray<double>{5, 6, 7});
  const auto check = [&](const Tensor& tensor, const std::string& message) {
    check_error<ValueError>([&] { eval(tensor); }, message);
  };
  const Tensor behind = constant(xt::xarray<int>{3});
  const Tensor before = constant(xt::xarray<int>{-4});
  const Tensor value = constant(xt::xarray<double>{1});
  check(gather(x, 0, behind), "gather: index 3 is out of range for an axis of size 3; expected -3 to 2");
  check(gather(x, 0, before), "gather: index -4 is out of range");
  check(scatter(x, 0, behind, value), "scatter: index 3 is out of range");
  check(scatter_add(x, 0, before, value), "scatter_add: index -4 is out of range");
  check(gather_last(x, 0, behind), "gather_last: index 3 is out of range");
}

BOOST_AUTO_TEST_SUITE_END()
