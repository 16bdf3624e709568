#include <xgrad/framework/core/attributes.hpp>
#include <xgrad/framework/core/number.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>
#include <vector>

using namespace xgrad;

BOOST_AUTO_TEST_SUITE(attributes)

BOOST_AUTO_TEST_CASE(are_written_in_pythons_spelling) {
  const Attributes all{{"flag", true},
                       {"axis", -1},
                       {"count", std::size_t{3}},
                       {"epsilon", 1e-7},
                       {"mode", "same"},
                       {"dtype", DType::int64},
                       {"shape", Shape{batch, 3}},
                       {"size", batch},
                       {"axes", std::vector<std::size_t>{1}},
                       {"values", std::vector<double>{0.5, 2}},
                       {"fill", Number(-1)}};
  BOOST_TEST(all.to_string() ==
             "flag=True, axis=-1, count=3, epsilon=1e-07, mode=same, dtype=int64, shape=(batch, 3), size=(batch,), "
             "axes=(1,), values=(0.5, 2), fill=-1");
  BOOST_TEST(Attributes().to_string() == "");
}

BOOST_AUTO_TEST_CASE(are_equal_when_names_kinds_and_bytes_are) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Attributes> distinct{{},
                                         {{"axis", 0}},
                                         {{"axis", 1}},
                                         {{"axes", 0}},
                                         {{"axis", 0.0}},
                                         {{"axis", -0.0}},
                                         {{"axis", nan}},
                                         {{"axis", false}},
                                         {{"axis", "0"}},
                                         {{"axis", Shape{0}}},
                                         {{"axis", std::vector<double>{0.0}}},
                                         {{"axis", std::vector<double>{-0.0}}},
                                         {{"axis", std::vector<std::int64_t>{0}}},
                                         {{"axis", 0}, {"keepdims", true}}};
  for (std::size_t left = 0; left < distinct.size(); ++left) {
    for (std::size_t right = 0; right < distinct.size(); ++right) {
      BOOST_TEST((distinct[left] == distinct[right]) == (left == right), left << " and " << right);
    }
    const Attributes copy = distinct[left];
    BOOST_TEST(copy.hash() == distinct[left].hash());
  }
}

BOOST_AUTO_TEST_CASE(are_joined_in_their_order) {
  const Attributes first{{"axis", 0}};
  BOOST_TEST((first.with({{"keepdims", true}}) == Attributes{{"axis", 0}, {"keepdims", true}}));
}

BOOST_AUTO_TEST_SUITE_END()
