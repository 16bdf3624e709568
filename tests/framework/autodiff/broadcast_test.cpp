#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/check_gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include <string>

using namespace xgrad;
using test::check_error;

BOOST_AUTO_TEST_SUITE(broadcasts)

BOOST_AUTO_TEST_CASE(and_sums_to_the_same_shape_are_not_built) {
  const Tensor x = input({batch, 3});
  BOOST_TEST((broadcast_to(x, {batch, 3}) == x));
  BOOST_TEST((sum_to(x, {batch, 3}) == x));
}

BOOST_AUTO_TEST_CASE(are_undone_by_sums) {
  for (const auto& [small, large] : {std::pair<Extents, Extents>{{3}, {2, 3}},
                                     {{2, 1}, {2, 3}},
                                     {{}, {4, 2}},
                                     {{1, 3, 1}, {2, 3, 4}},
                                     {{2, 1, 1}, {5, 2, 3, 4}},
                                     {{1}, {0, 3}}}) {
    BOOST_TEST_CONTEXT(to_string(small) << " in " << to_string(large)) {
      const Array values = sample_values(large);
      const Array result = eval(sum_to(constant(values), Shape(small)));
      BOOST_TEST((result.shape() == small));
      // By index arithmetic: where each element of the large array belongs in the small one.
      std::vector<double> expected(result.size(), 0);
      for (std::size_t element = 0; element < values.size(); ++element) {
        std::size_t rest = element;
        std::size_t place = 0;
        std::size_t stride = 1;
        for (std::size_t back = 1; back <= large.size(); ++back) {
          const auto size = static_cast<std::size_t>(large[large.size() - back]);
          if (back <= small.size()) {
            const auto kept = static_cast<std::size_t>(small[small.size() - back]);
            place += kept == 1 ? 0 : rest % size * stride;
            stride *= kept;
          }
          rest /= size;
        }
        expected[place] += values.data<double>()[element];
      }
      for (std::size_t i = 0; i < expected.size(); ++i) {
        BOOST_TEST(std::abs(result.data<double>()[i] - expected[i]) < 1e-12);
      }
      if (values.size() == 0) continue;
      check_gradients([&](auto x) { return sum_to(x[0], Shape(small)); }, {values});
      check_gradients([&](auto x) { return broadcast_to(x[0], Shape(large)); }, {sample_values(small)});
    }
  }
}

BOOST_AUTO_TEST_CASE(refuse_shapes_that_do_not_fit) {
  check_error<ShapeError>([] { broadcast_to(input({2}), {4}); }, "broadcast_to: shape (2,) does not broadcast to (4,)");
  check_error<ShapeError>([] { sum_to(input({4}), {2}); }, "sum_to: shape (4,) cannot be summed to (2,)");
  check_error<DTypeError>([] { sum_to(input({2}, {}, DType::boolean), {}); }, "sum_to: expected numbers, but got bool");
}

BOOST_AUTO_TEST_CASE(of_the_type_of_a_tensor) {
  const Tensor x = input({2, batch}, {}, DType::int32);
  BOOST_TEST((zeros_like(x).type() == x.type()));
  BOOST_TEST((ones_like(x).type() == x.type()));
  BOOST_TEST(eval(ones_like(constant(xt::xarray<double>{3, 4}))).data<double>()[1] == 1);
}

BOOST_AUTO_TEST_SUITE_END()
