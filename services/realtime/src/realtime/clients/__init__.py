"""What others tell: accounts about sessions when it is asked, all services by RabbitMQ."""
