// What any program can check of its operators, done for xgrad's own: derivatives of order 1 and 2, forward mode,
// float32, symbols, rejections.

#include <xgrad/framework/autodiff/check_operator.hpp>
#include <xgrad/framework/core/error.hpp>

#include <boost/test/unit_test.hpp>

using namespace xgrad;

BOOST_AUTO_TEST_SUITE(operator_checks)

BOOST_AUTO_TEST_CASE(pass) {
  std::size_t derivatives = 0;
  for (const auto& registered : registered_operators()) {
    try {
      derivatives += check_operator(registered.entry).derivatives;
    } catch (const Error& error) {
      BOOST_ERROR(error.what());
    }
  }
  BOOST_TEST(derivatives > 2000);
}

BOOST_AUTO_TEST_SUITE_END()
