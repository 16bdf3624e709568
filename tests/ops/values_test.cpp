#include <xgrad/framework/runtime/function.hpp>

#include <boost/test/unit_test.hpp>

#include "battery.hpp"

using namespace xgrad;
using namespace xgrad::test;

BOOST_AUTO_TEST_SUITE(values)

BOOST_AUTO_TEST_CASE(agree_with_plain_loops) {
  for_each_sample([](const OperatorEntry& entry, const Sample& sample) {
    const auto reference = references().find(entry.name);
    BOOST_TEST_REQUIRE((reference != references().end()), "the operator has no reference: write one");
    const std::vector<Plain> inputs(sample.inputs.begin(), sample.inputs.end());
    check_close(eval(sample.build(constants(sample))), reference->second(sample, inputs), 1e-13);
  });
}

BOOST_AUTO_TEST_CASE(keep_the_dtype_of_float32_operands) {
  for_each_sample([](const OperatorEntry& entry, const Sample& sample) {
    if (!is_differentiable(sample) || entry.name == "cast") return;
    BOOST_TEST(to_string(sample.build(constants(sample, DType::float32)).dtype()) == "float32");
  });
}

BOOST_AUTO_TEST_SUITE_END()
