#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/autodiff/hessian_vector_product.hpp>
#include <xgrad/framework/autodiff/jvp.hpp>

namespace xgrad {

std::vector<Tensor> hessian_vector_product(const Tensor& loss, std::span<const Tensor> xs,
                                           std::span<const Tensor> vectors) {
  return jvp(gradients(loss, xs), xs, vectors);
}

std::vector<Tensor> hessian_vector_product(const Tensor& loss, std::initializer_list<Tensor> xs,
                                           std::initializer_list<Tensor> vectors) {
  return hessian_vector_product(loss, std::span(xs.begin(), xs.size()), std::span(vectors.begin(), vectors.size()));
}

}  // namespace xgrad
