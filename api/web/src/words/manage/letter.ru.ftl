## Утреннее письмо

letter-heading = Утреннее письмо
letter-title = { $date }
letter-earlier = Письмо за
letter-none = Первое письмо появится после первого вечера.
letter-lead = У нас сидели **{ $covers } { $covers ->
        [one] гость
        [few] гостя
       *[other] гостей
    }**, { $parties ->
        [one] { $parties } компания
        [few] { $parties } компании
       *[other] { $parties } компаний
    }; { $door ->
        [0] все по броням
        [one] **{ $door }** пришла без брони
        [few] **{ $door }** пришли без брони
       *[other] **{ $door }** пришли без брони
    }.
letter-lead-none = У нас никто не сидел.
letter-reservations-none = Броней не было.
letter-reservations = { $count ->
        [one] { $count } бронь
        [few] { $count } брони
       *[other] { $count } броней
    }: { $missed ->
        [0] пришли все
        [one] не пришла { $missed } компания
        [few] не пришли { $missed } компании
       *[other] не пришли { $missed } компаний
    }, { $off ->
        [0] никто не отменил
       *[other] отменили заранее: { $off }
    }.
letter-turns = Каждый стол занимали { $turns ->
        [1] по разу
        [one] { $turns } раз
        [many] { $turns } раз
       *[other] { $turns } раза
    }, в среднем на { $minutes } мин.
letter-checks = Чеков на { $total }, по { $each } с гостя; чаевые { $tip } %.
letter-refused = Кому мы отказали и почему
letter-refused-count = { $parties ->
        [0] Никому не отказали.
        [one] Отказали { $parties } компании ({ $covers ->
            [one] { $covers } гость
            [few] { $covers } гостя
           *[other] { $covers } гостей
        }); { $found ->
            [0] места для неё не нашлось.
           *[other] место для неё всё же нашлось.
        }
       *[other] Отказали { $parties } компаниям ({ $covers ->
            [one] { $covers } гость
            [few] { $covers } гостя
           *[other] { $covers } гостей
        }); { $found ->
            [0] места не нашлось ни для одной.
           *[other] из них место нашлось для { $found }.
        }
    }
letter-cause = { $parties ->
        [one] { $parties } компания
        [few] { $parties } компании
       *[other] { $parties } компаний
    }: { $cause }
letter-held = Что принёс и чего стоил каждый придержанный стол
letter-held-none = Столов не придерживали.
letter-held-sum = Вместе они принесли около { $earned } и вытеснили броней примерно на { $cost }.
letter-kept = Что мы обещали и что вышло
letter-quotes-none = Ждать никому не предлагали.
letter-quotes-kept = Время ожидания назвали { $quoted ->
        [one] { $quoted } компании
       *[other] { $quoted } компаниям
    }; сели { $seated }, позже обещанного никто, ушли раньше { $gone }.
letter-quotes-late = Время ожидания назвали { $quoted ->
        [one] { $quoted } компании
       *[other] { $quoted } компаниям
    }; сели { $seated }, из них { $late } позже обещанного, самое большее на { $worst } мин; ушли раньше { $gone }.
letter-told-none = С этими бронями риск не называли; { $walked ->
        [0] не дождавшись, никто не ушёл
       *[other] ушли, не дождавшись: { $walked }
    }.
letter-told-waits = Из { $told ->
        [one] { $told } компании
       *[other] { $told } компаний
    } с бронью слишком долго ждать должны были { $expected }; { $waited ->
        [0] никто не ждал
       *[other] ждали { $waited }
    }.
letter-told-walks = Уйти, не дождавшись, должны были { $expected }; { $walked ->
        [0] никто не ушёл
       *[other] ушли { $walked }
    }.
letter-given = Кто получил знак внимания и кто не получает никогда
letter-given-sum = { $given ->
        [0] Ничего не дарили.
        [one] Подарили { $given } раз, на { $cost }.
        [few] Подарили { $given } раза, на { $cost }.
       *[other] Подарили { $given } раз, на { $cost }.
    }
letter-received = Досталось: { $groups }.
letter-received-group = { $group } ({ $count } из { $of })
letter-never = Ничего не досталось: { $groups }.
letter-group = { $by ->
        [channel] { $key ->
            [phone] тем, кто звонил
            [desk] тем, кого записали у стойки
            [partner] тем, кто бронировал на сайтах
            [walk_in] тем, кто пришёл без брони
            [waitlist] тем, кто ждал
            [google] тем, кто бронировал в Google
           *[other] пришедшим через { $key }
        }
        [guest] { $key ->
            [known] тем, кого мы знаем
           *[other] тем, кого мы не знаем
        }
       *[party_size] { $key ->
            [alone] тем, кто приходил один
            [many] компаниям от пяти человек
           *[other] компаниям по { $key }
        }
    }
letter-proposals = Что мы бы изменили
letter-proposals-none = Ничего: записанное подтверждается, или вечеров пока мало, чтобы судить.
letter-draft = Сделать черновик
letter-reason = Предложено утренним письмом
letter-would = { $dates ->
        [0] На дни, где уже есть брони, это не повлияет
        [one] Это коснётся { $dates } дня, где уже есть брони
       *[other] Это коснётся { $dates } дней, где уже есть брони
    }{ $stuck ->
        [0] .
       *[other] , а { $stuck } останутся как есть.
    } Обещания остаются обещаниями.{ $left ->
        [0] {""}
       *[other] {" "}Ещё { $left } не просмотрены.
    }
letter-house-draft = Он среди черновиков дома; при публикации видно, что изменится.
letter-open-draft = Черновик { $version }
letter-gain-untried = Что это даст, на ваших вечерах ещё не проверено, поэтому выгоды не обещаем.
letter-gain-trying = Лаборатория проверяет это на ваших последних вечерах: готово { $played } из { $evenings }. Пока не готово, выгоды не обещаем.
letter-gain-failed = Проверить это на ваших вечерах не удалось, поэтому выгоды не обещаем: сделайте черновик и сначала посмотрите на него в лаборатории.
letter-gain-promised = { $evenings ->
        [one] За ваш последний { $evenings } вечер
        [few] За ваши последние { $evenings } вечера
       *[other] За ваши последние { $evenings } вечеров
    } { $count ->
        [one] это дало бы
       *[other] всё вместе дало бы
    } { $mean } за вечер, от { $low } до { $high }, — если считать гостей и ожидание так, как в ваших правилах.
letter-gain-unsure = { $evenings ->
        [one] За ваш последний { $evenings } вечер
        [few] За ваши последние { $evenings } вечера
       *[other] За ваши последние { $evenings } вечеров
    } { $count ->
        [one] это дало бы
       *[other] всё вместе дало бы
    } { $mean } за вечер, где-то между { $low } и { $high }: выгоды не обещаем.
letter-gain-lost = За ваши последние вечера ({ $evenings }) всё вместе дало бы { $mean } за вечер, от { $low } до { $high }: пробуйте по одному.
letter-gain-nothing = { $evenings ->
        [one] На вашем последнем { $evenings } вечере
       *[other] На ваших последних { $evenings } вечерах
    } { $count ->
        [one] эта перемена ничего бы не изменила
       *[other] эти перемены ничего бы не изменили
    }, поэтому выгоды не обещаем.
letter-gain-none-stands = Ваши вечера говорят за эти перемены, но в лаборатории каждая из них проиграла: оставьте всё как есть.
letter-waits-same = Гости с бронью ждали бы так же редко.
letter-waits-one-more = { $nights ->
        [one] Раз в { $nights } вечер
        [few] Раз в { $nights } вечера
       *[other] Раз в { $nights } вечеров
    } больше десяти минут ждала бы ещё одна компания с бронью.
letter-waits-one-fewer = { $nights ->
        [one] Раз в { $nights } вечер
        [few] Раз в { $nights } вечера
       *[other] Раз в { $nights } вечеров
    } больше десяти минут ждало бы на одну компанию с бронью меньше.
letter-waits-more = Больше десяти минут за вечер ждало бы на { $parties } компании с бронью больше.
letter-waits-fewer = Больше десяти минут за вечер ждало бы на { $parties } компании с бронью меньше.
letter-tried-gain = Само по себе, за ваши последние вечера ({ $evenings }): { $mean } за вечер, от { $low } до { $high }.
letter-tried-unsure = Само по себе, за ваши последние вечера ({ $evenings }): от { $low } до { $high } за вечер, выгода не видна.
letter-tried-nothing = Само по себе за ваши последние вечера ({ $evenings }) это ничего бы не изменило.
letter-tried-loss = За ваши последние вечера ({ $evenings }) это обошлось бы в убыток: { $mean } за вечер, от { $low } до { $high }.
letter-aside = Казалось верным, но в лаборатории проиграло
letter-beside = Соседние письма
letter-before = Предыдущий вечер
letter-after = Следующий вечер
letter-print = Напечатать
