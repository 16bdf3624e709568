// The convolutional network of Keras' MNIST example, trained with Adam.

#include <xgrad/xgrad.hpp>

#include <fmt/format.h>

#include "convnet.hpp"
#include "suite.hpp"
#include "torch_trainers.hpp"
#include "training_workload.hpp"
#include <cmath>
#include <memory>

namespace xgrad::benchmark {

namespace {

class Convnet final : public Trainer {
 public:
  Convnet(std::shared_ptr<const ConvnetData> data, double dropped) : data_(std::move(data)), step_(make(dropped)) {}

  double step() override {
    const auto batch = data_->batch(next_++);
    const ArrayRef inputs[] = {data_->images, data_->labels, batch};
    step_.run(inputs, loss_);
    return loss_[0].data<float>()[0];
  }

 private:
  Function make(double dropped) const {
    const Dim samples = Dim::symbol("samples");
    const auto images = input({samples, 28, 28, 1}, "images");
    const auto labels = input({samples}, "labels", DType::uint8);
    const auto order = input({batch}, "order", DType::int64);
    std::vector<Tensor> weights;
    for (const auto& weight : data_->weights) weights.push_back(parameter(weight));

    auto x = take(images, order);
    x = max_pool2d(relu(conv2d(x, weights[0]) + weights[1]), 2);
    x = max_pool2d(relu(conv2d(x, weights[2]) + weights[3]), 2);
    x = flatten(x);
    const auto counter = parameter(Array(std::int64_t{0}));
    if (dropped > 0) x = dropout(x, dropped, counter, 1);
    const auto logits = matmul(x, weights[4]) + weights[5];
    const auto loss = mean(sparse_categorical_crossentropy(take(labels, order), logits, {.from_logits = true}));

    auto updates = Adam{}.updates(weights, gradients(loss, weights));
    updates.push_back({counter, counter + 1});
    return compile({images, labels, order}, {loss}, updates);
  }

  std::shared_ptr<const ConvnetData> data_;
  Function step_;
  std::vector<Array> loss_{Array()};
  std::int64_t next_ = 0;
};

std::shared_ptr<const ConvnetData> make_data(std::int64_t samples, std::int64_t batch_size) {
  const auto count = static_cast<std::size_t>(samples);
  const auto digits = synthetic_digits({.train = count, .test = 10}).train;
  auto layer = [seed = std::uint64_t{1}](Extents shape, double inputs) mutable {
    return uniform_weights(std::move(shape), std::sqrt(3 / inputs), seed++);
  };
  const auto zeros = [](std::int64_t size) { return Array::zeros(DType::float32, {size}); };
  return std::make_shared<const ConvnetData>(ConvnetData{
      .images = Array(xt::cast<float>(digits.images) / 255.0f).reshaped({samples, 28, 28, 1}),
      .labels = Array(digits.labels),
      .order = eval(random_permutation(constant(Array(std::int64_t{0})), samples, 1)),
      .batch_size = batch_size,
      .weights = {layer({3, 3, 1, 32}, 9), zeros(32), layer({3, 3, 32, 64}, 288), zeros(64), layer({1600, 10}, 1600),
                  zeros(10)},
  });
}

std::vector<Product> products(int batch_size) {
  std::vector<Product> result;
  for (const auto& layer : {layer_products(batch_size * 26 * 26, 9, 32, true),
                            layer_products(batch_size * 11 * 11, 288, 64), layer_products(batch_size, 1600, 10)}) {
    result.insert(result.end(), layer.begin(), layer.end());
  }
  return result;
}

}  // namespace

Workload convnet_workload(const SuiteOptions& options) {
  const int batch_size = options.quick ? 8 : 128;
  const int samples = options.quick ? 36 : 6'400;  // of the 60,000 of an epoch, to stay within some seconds
  const auto name = fmt::format("convolutional network, {} of 60,000 digits, {}", samples, batch_size);
  return training_workload(name, (samples + batch_size - 1) / batch_size, [=] {
    const auto data = make_data(samples, batch_size);
    return TrainingModel{
        .xgrad = [=] { return std::make_unique<Convnet>(data, 0.5); },
        .torch = torch_convnet(data, 0.5),
        .products = products(batch_size),
        .fixed_xgrad = [=] { return std::make_unique<Convnet>(data, 0); },
        .fixed_torch = torch_convnet(data, 0),
    };
  });
}

}  // namespace xgrad::benchmark
