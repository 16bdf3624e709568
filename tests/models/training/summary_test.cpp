#include <xgrad/models/layers/dense.hpp>
#include <xgrad/models/layers/dropout.hpp>
#include <xgrad/models/layers/flatten.hpp>
#include <xgrad/models/training/sequential.hpp>

#include <boost/test/unit_test.hpp>

using namespace xgrad;

namespace {

/// Scales by a number that is not trained.
struct FixedScale {
  static constexpr std::string_view kind = "FixedScale";
  Shape input_shape = {};

  Tensor call(const Tensor& x, LayerContext& context) const {
    context.weight("scale", {1500}, 1.0, Trainable::no);
    return x;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(summaries)

BOOST_AUTO_TEST_CASE(the_table_is_that_of_keras) {
  const Sequential model{Dense{.units = 32, .input_shape = {784}}, Dense{.units = 10}};
  BOOST_TEST(model.summary() ==
             "_________________________________________________________________\n"
             "Layer (type)                 Output Shape              Param #\n"
             "=================================================================\n"
             "dense_1 (Dense)              (None, 32)                25120\n"
             "_________________________________________________________________\n"
             "dense_2 (Dense)              (None, 10)                330\n"
             "=================================================================\n"
             "Total params: 25,450\n"
             "Trainable params: 25,450\n"
             "Non-trainable params: 0\n"
             "_________________________________________________________________\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_trained_is_counted_apart_and_long_names_are_cut) {
  const Sequential model{Flatten{.input_shape = {2, 3}}, FixedScale{},
                         Dense{.units = 2, .name = "a_name_that_is_longer_than_its_column"}, Dropout{.rate = 0.5}};
  BOOST_TEST(model.summary() ==
             "_________________________________________________________________\n"
             "Layer (type)                 Output Shape              Param #\n"
             "=================================================================\n"
             "flatten_1 (Flatten)          (None, 6)                 0\n"
             "_________________________________________________________________\n"
             "fixed_scale_1 (FixedScale)   (None, 6)                 1500\n"
             "_________________________________________________________________\n"
             "a_name_that_is_longer_than_i (None, 2)                 14\n"
             "_________________________________________________________________\n"
             "dropout_1 (Dropout)          (None, 2)                 0\n"
             "=================================================================\n"
             "Total params: 1,514\n"
             "Trainable params: 14\n"
             "Non-trainable params: 1,500\n"
             "_________________________________________________________________\n");
}

BOOST_AUTO_TEST_SUITE_END()
